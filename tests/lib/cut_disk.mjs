// SPDX-License-Identifier: Apache-2.0
//
// A disk that can lose power: ext4 on a loop image, cut by the file system's forced shutdown (see
// power_cut.py). Needs root, loop devices and mkfs.ext4; CutDisk.missing() says what is not there.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { sleep } from './server.mjs';

const kHelper = path.join(path.dirname(fileURLToPath(import.meta.url)), 'power_cut.py');
const kPath = `${process.env.PATH}:/usr/sbin:/sbin`;

function command(file, ...args) {
  const done = spawnSync(file, args, { encoding: 'utf8', env: { ...process.env, PATH: kPath } });
  const why = done.error?.message ?? done.stderr.trim();
  if (done.status !== 0) throw new Error(`${file} ${args.join(' ')}: ${why}`);
  return done.stdout;
}

export class CutDisk {
  // Mounted on return; unmounted and removed after the test `t`.
  constructor(t, { mebibytes = 2048 } = {}) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-cut-'));
    this.image = path.join(this.folder, 'disk.img');
    this.mountpoint = path.join(this.folder, 'disk');
    fs.mkdirSync(this.mountpoint);
    t.after(() => this.#remove());
    fs.closeSync(fs.openSync(this.image, 'w'));
    fs.truncateSync(this.image, mebibytes * 2 ** 20);
    command('mkfs.ext4', '-q', '-F', this.image);
    this.mount();
  }

  // Why this machine has no such disks; undefined when it has.
  static missing(t) {
    try {
      const probe = new CutDisk(t, { mebibytes: 64 });
      probe.#remove();
      return undefined;
    } catch (error) {
      return error.message;
    }
  }

  get data() {
    return path.join(this.mountpoint, 'data');
  }

  mount() {
    command('mount', '-o', 'loop', this.image, this.mountpoint);
    this.mounted = true;
  }

  // What is needed for cut(), so that the cut itself takes no time.
  async arm() {
    this.helper = spawn('python3', [kHelper, this.mountpoint], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.helper.stdout })[Symbol.asyncIterator]();
    await this.#expect('armed');
  }

  // Takes the power: the disk stands still, then the processes `pids` are gone.
  async cut(pids) {
    this.helper.stdin.write(`${pids.join(' ')}\n`);
    await this.#expect('cut');
    await once(this.helper, 'exit');
    this.helper = undefined;
  }

  async #expect(word) {
    const { value } = await this.lines.next();
    if (value !== word) throw new Error(`power_cut.py said ${value} instead of ${word}`);
  }

  // Power is back: what the disk has kept, by its own journal.
  async remount() {
    for (let tries = 0; ; ++tries) {
      try {
        command('umount', this.mountpoint);
        break;
      } catch (error) {
        if (tries === 200) throw error; // a process still holds a file on it
        await sleep(50);
      }
    }
    this.mounted = false;
    this.mount();
  }

  #remove() {
    this.helper?.kill('SIGKILL');
    if (this.mounted) spawnSync('umount', ['-l', this.mountpoint]);
    this.mounted = false;
    if (process.env.TALLYMARK_TEST_KEEP !== '1')
      fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
