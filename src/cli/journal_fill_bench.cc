// SPDX-License-Identifier: Apache-2.0
//
// For bench/ingest.mjs: a journal full of hits that nobody has enriched yet.
//
//   journal_fill_bench DATA REQUESTS HITS HITS_PER_SECOND COLD
//
// DATA is a data folder with links, on which nothing runs. REQUESTS is a file of whole request
// heads. They are answered by the edge's own responder, which makes the hits, and written by the
// journal's own writer, as if they had come at that rate until now. Seven visitors in ten come
// once; each has an address of its own. The part COLD (0 to 1) of them have a user agent that
// nobody has seen before.
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/random.h"
#include "base/text.h"
#include "cli/demo_shop.h"
#include "http/request_head.h"
#include "journal/writer.h"
#include "links/link_feed.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_link_store.h"
#include "redirect/responder.h"
#include "server/node.h"
#include "server/parts.h"

namespace tally {
namespace {

constexpr std::size_t kBatch = 4'000;
constexpr double kComesBack = 0.3;

class NoLimits final : public ClickLimits {
 public:
  bool take(LinkId, std::uint64_t) override { return true; }
  bool used_up(LinkId, std::uint64_t) const override { return false; }
};

struct Load {
  std::vector<std::string> requests;
  std::uint64_t hits = 0;
  std::uint64_t per_second = 0;
  double cold = 0;
};

std::vector<std::string> read_requests(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const std::string all(std::istreambuf_iterator<char>(in), {});
  std::vector<std::string> out;
  for (std::size_t from = 0; from < all.size();) {
    const auto end = all.find("\r\n\r\n", from) + 4;
    out.push_back(all.substr(from, end - from));
    from = end;
  }
  return out;
}

// Who comes: the request that is theirs, and an address.
struct Visitor {
  std::uint32_t request = 0;
  Address address;
  std::uint64_t cold = 0;  // makes the user agent one of a kind; 0: it stays
};

class Visitors {
 public:
  explicit Visitors(const Load& load) : requests_(load.requests.size()), cold_(load.cold) {}

  const Visitor& next() {
    if (count_ > recent_.size() && random_.share() < kComesBack)
      return recent_[random_.next() % recent_.size()];
    Visitor& out = recent_[count_++ % recent_.size()];
    out.request = static_cast<std::uint32_t>(random_.next() % requests_);
    const std::uint64_t address = random_.next();
    out.address.bytes[10] = out.address.bytes[11] = 0xff;
    out.address.bytes[12] = static_cast<unsigned char>(address % 222 + 1);
    for (std::size_t i = 13; i < 16; ++i)
      out.address.bytes[i] = static_cast<unsigned char>(address >> (8 * (i - 10)));
    out.cold = random_.share() < cold_ ? count_ : 0;
    return out;
  }

 private:
  std::size_t requests_;
  double cold_;
  SplitMix64 random_{1};
  std::array<Visitor, 50'000> recent_;
  std::uint64_t count_ = 0;
};

class Filler {
 public:
  Filler(LogWriter writer, Responder& responder, UnixMillis now)
      : writer_(std::move(writer)), responder_(responder), now_(now) {}

  Result<void> fill(const Load& load) {
    Visitors visitors(load);
    std::string batch;
    std::uint64_t in_batch = 0;
    TRY_ASSIGN(std::uint64_t seed, writer_.begin_batch(now_));
    for (std::uint64_t i = 0; i < load.hits; ++i) {
      const auto ago = static_cast<UnixMillis>((load.hits - i) * 1000 / load.per_second);
      add(load, visitors.next(), now_ - ago, i, seed, batch);
      if (++in_batch < kBatch && i + 1 < load.hits) continue;
      TRY(writer_.commit(batch, in_batch, false));
      batch.clear();
      in_batch = 0;
      TRY_ASSIGN(seed, writer_.begin_batch(now_));
    }
    return writer_.close();
  }

 private:
  void add(const Load& load, const Visitor& visitor, UnixMillis time, std::uint64_t n,
           std::uint64_t seed, std::string& batch) {
    CHECK(!parse_head(load.requests[visitor.request], head_));
    answer_.clear();
    responder_.begin_turn(time);
    responder_.number_next(n);
    Responder::Answer answer = responder_.answer(head_, "", visitor.address, answer_);
    CHECK(answer.record);
    if (visitor.cold != 0) {
      agent_ = fmt::format("{} Shop/7.{}", answer.hit.user_agent, visitor.cold);
      answer.hit.user_agent = agent_;
    }
    const std::size_t start = batch.size();
    batch.append(kRecordHeaderSize, '\0');
    encode_hit(answer.hit, batch);
    finish_record(std::span(batch).subspan(start), seed, n);
  }

  LogWriter writer_;
  Responder& responder_;
  const UnixMillis now_;
  RequestHead head_;
  std::string answer_, agent_;
};

Result<void> fill_journal(const std::filesystem::path& data, const Load& load) {
  const SystemClock clock;
  PosixFiles files;
  SystemRandom random;
  TRY_ASSIGN(const Node node, Node::open(files, random, data));
  TRY_ASSIGN(const auto database, LinksDatabase::open(node.links_file(), clock));
  SqliteLinkStore links(*database, clock);
  SqliteAccountStore accounts(*database, clock, random);
  TRY_ASSIGN(const Workspace workspace, accounts.default_workspace());
  LiveLinkTable table;
  LinkFeed feed(links, table, {host_of(std::string(kDemoBaseUrl)), workspace.id, "", ""});
  TRY(feed.start());
  const TrustedProxies proxies;
  const VisitorSources visitors;
  NoLimits limits;
  SourceLimits sources{0};
  const ClickIdCodec click_ids(node.click_id_key());
  Responder responder(
      {table, proxies, visitors, limits, sources, click_ids, {node.number(), node.epoch(), 0, 0}});
  LogWriterOptions options;
  options.directory = node.raw_log();
  options.shard = {node.number(), node.epoch(), 0};
  return Filler(LogWriter(files, options), responder, clock.now_ms()).fill(load);
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  if (arguments.size() != 5) {
    std::cerr << "journal_fill_bench DATA REQUESTS HITS HITS_PER_SECOND COLD\n";
    return 2;
  }
  tally::Load load;
  load.requests = tally::read_requests(argv[2]);
  load.hits = tally::parse_number<std::uint64_t>(arguments[2]).value_or(0);
  load.per_second = tally::parse_number<std::uint64_t>(arguments[3]).value_or(1);
  load.cold = tally::parse_number<double>(arguments[4]).value_or(0);
  const auto done = tally::fill_journal(argv[1], load);
  if (!done) std::cerr << "journal_fill_bench: " << done.error().line() << "\n";
  return done ? 0 : 1;
}
