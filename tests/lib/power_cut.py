# SPDX-License-Identifier: Apache-2.0
"""Takes the power from a mounted ext4, at the moment it is told to.

    python3 power_cut.py MOUNTPOINT

Reads one line "PID PID …" from stdin; shuts the file system down without flushing its log, kills those processes, and
prints "cut". It is started before it is needed, because a cut that had to wait for an interpreter would always find
the server idle.

FS_IOC_SHUTDOWN with NOLOGFLUSH (linux/fs.h, ext4): from that call on nothing reaches the disk any more, dirty pages
included. What was synced before is there after the next mount; what was not synced is gone, as far as the kernel had
not written it by itself.
"""
import fcntl
import os
import signal
import struct
import sys

FS_IOC_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
NOLOGFLUSH = 2

folder = os.open(sys.argv[1], os.O_RDONLY | os.O_DIRECTORY)
print("armed", flush=True)
line = sys.stdin.readline()
if line:
    fcntl.ioctl(folder, FS_IOC_SHUTDOWN, struct.pack("I", NOLOGFLUSH))
    for pid in map(int, line.split()):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended by itself, of the errors that it now gets
    print("cut", flush=True)
