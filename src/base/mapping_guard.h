// SPDX-License-Identifier: Apache-2.0
//
// A mapped file may be cut short by somebody who writes into it in place (`cp new.mmdb geo.mmdb`).
// Who then reads behind its new end gets SIGBUS, which ends the process, and with it every link.
//
// A guarded mapping reads as zeros there instead: the handler puts an empty page where the file's
// was. What reads it must bear any bytes, as readers of files do anyway. A fault elsewhere ends the
// process as before. The alternative, a copy of our own of each file, costs its size in memory or
// in writes at every start, at the moment when the journal needs the disk.
#pragma once

#include <cstddef>

namespace tally {

class MappingGuard {
 public:
  // Of the bytes of a mapping, which must outlive this. Past 32 at a time there is no guard.
  MappingGuard(const void* begin, std::size_t size);
  ~MappingGuard();
  MappingGuard(const MappingGuard&) = delete;
  MappingGuard& operator=(const MappingGuard&) = delete;

 private:
  std::size_t slot_;
};

}  // namespace tally
