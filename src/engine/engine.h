// SPDX-License-Identifier: Apache-2.0
//
// `tallymark engine`: the embedded ClickHouse as a process of its own.
//
// `serve` starts one as its child (supervisor.h); people who want to read the store with ClickHouse
// tools start one by hand on a folder that no server uses. It knows nothing of links and clicks.
#pragma once

#include <cstdint>
#include <string>

namespace tally {

struct EngineOptions {
  std::string path;     // the store's folder; created when missing
  std::string listen;   // "unix:PATH" or "ADDR:PORT"
  std::string library;  // libchdb.so; "" for TALLYMARK_ENGINE_LIBRARY, else the built-in default
  std::string read_listen;  // likewise, or "fd:N": a port for guests; "" for none
};

// Set by the supervisor to its own process id: the engine then ends when that process does, and
// waits a moment for a predecessor that is just leaving the folder.
inline constexpr const char* kEngineParentVariable = "TALLYMARK_ENGINE_PARENT";

// What guests of the read port show as their password. No option, because those can be seen by all.
inline constexpr const char* kEngineReadTokenVariable = "TALLYMARK_ENGINE_READ_TOKEN";

// Where the disk ends for it: what is left belongs to whoever writes beside it.
inline constexpr std::uint64_t kEngineDiskReserve = 64ULL << 20;

// Runs until SIGTERM or SIGINT. Prints "ready listen=…" on stdout when it can be asked. Returns the
// exit code: 0, or 1 after one line on stderr that says what is wrong (folder in use, no library,
// address taken).
int run_engine(const EngineOptions& options);

}  // namespace tally
