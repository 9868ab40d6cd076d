// SPDX-License-Identifier: Apache-2.0
//
// The links listener: as many edge loops as asked for, each with its own socket on the shared port,
// its own journal shard and its own committing thread. Nothing is shared between them but the link
// table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "journal/group_commit.h"
#include "links/link_table.h"
#include "redirect/client_address.h"
#include "redirect/edge_loop.h"

namespace tally {

struct EdgeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::size_t threads = 1;
  std::filesystem::path journal_directory;
  LogSpace* journal_space = nullptr;  // null when nothing bounds the journal
  std::uint64_t segment_bytes = 16 << 20;
  std::uint16_t node = 1;
  std::uint32_t epoch = 1;
  GroupCommitOptions commit;
  TrustedProxies proxies;
  VisitorSources visitors;
  ClickIdCodec::Key click_id_key{};
  std::uint32_t unknown_paths_per_minute = SourceLimits::kUnknownPaths;  // per source; 0: no limit
  const TlsContext* tls = nullptr;                                       // must outlive the edge
  bool proxy_protocol = false;
  // Where conversions that pages tell of go.
  ConversionTaker take_conversion = [](std::string_view) {
    return ConversionReply{503, "conversions are not taken here"};
  };
};

struct EdgeTotals {
  std::uint64_t requests = 0, refused = 0, connections = 0, accepted = 0;
  std::uint64_t limited_paths = 0, limited_passwords = 0, limited_beacons = 0;
  std::uint64_t bad_beacons = 0;
  std::uint64_t conversions = 0, bad_conversions = 0, limited_conversions = 0;
};

// How the journal's shards are, together.
struct JournalState {
  std::string trouble;         // why hits are not being recorded; "" when all is well
  std::uint64_t failures = 0;  // writes and syncs that failed
  UnixMillis oldest_unsynced = 0;
};

class Edge {
 public:
  Edge(Files& files, const Clock& clock, const LiveLinkTable& links, ClickLimits& limits,
       JournalShared journal, EdgeOptions options);
  ~Edge();

  // Takes the port. Requests are accepted by the kernel from here on, and answered after start().
  Result<void> listen();
  // In place of listen(): goes on with what another process's hand_over() gave, with as many loops.
  Result<void> inherit(EdgeEstate estate);
  Result<void> start();
  // Takes no new connections and returns when every answer on its way has left and the journal's
  // segments are closed.
  void stop();

  // Like stop(), but nothing is closed: every request that was read is answered and in the journal,
  // and the sockets are the caller's.
  EdgeEstate hand_over();

  std::uint16_t port() const { return port_; }
  EdgeTotals totals() const;
  JournalState journal() const;
  // Some hits are not being recorded. Cheap: asked for each click of a limited link.
  bool degraded() const;
  // What readers of the journal follow; fixed after listen().
  std::vector<std::shared_ptr<Shard>> shards() const;
  // Ends the segments that were opened at or before `time`, within a second: once they are enriched
  // they go.
  void end_segments(UnixMillis time);
  // Every hit received at or before this time is committed.
  UnixMillis committed_through() const;

 private:
  struct Thread;

  Result<void> add_thread(Socket listener);

  Files& files_;
  const Clock& clock_;
  const LiveLinkTable& links_;
  ClickLimits& limits_;
  const JournalShared journal_;
  const EdgeOptions options_;
  const ClickIdCodec click_ids_;
  SourceLimits sources_;
  std::uint16_t port_ = 0;
  ConnectionRoom room_;
  std::vector<std::unique_ptr<Thread>> threads_;
  // Their answers go to the threads, so they end before them.
  PasswordWorker passwords_;
  ConversionWorker conversions_;
};

}  // namespace tally
