// SPDX-License-Identifier: Apache-2.0
//
// Stores hits of any time in the click store of a data folder that no server uses: for the oracle.
//
//   store_clicks DATA FILE EPOCH
//
// FILE is tab-separated as ClickHouse writes it: a line of column names, then a hit a line, by
// time.
// First clicks are marked as enrichment marks them; where hits of an earlier EPOCH were stored, the
// days concerned are put right afterwards, as they are after any late data.
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "clicks/click_batch.h"
#include "clicks/columns.h"
#include "clicks/sql_text.h"
#include "enrich/first_clicks.h"
#include "server/default_paths.h"
#include "server/parts.h"

namespace tally {
namespace {

constexpr std::uint16_t kNode = 900;
constexpr std::size_t kRows = 100'000;

class Storing {
 public:
  Storing(ClickStore& store, Files& files, const std::filesystem::path& folder, std::uint32_t epoch)
      : store_(store), firsts_(files, {folder / "no-visitors"}), epoch_(epoch) {}

  Result<void> add(Click click) {
    click.key = {kNode, epoch_, 0, n_++};
    click.workspace = WorkspaceId{1};
    // Enough for all that a test draws; nothing is ever saved.
    firsts_.mark(click);
    const auto partition = ClickStore::partition_of(click.time);
    if (!batch_.empty() && (batch_.partition() != partition || batch_.rows() == kRows))
      TRY(flush());
    batch_.add(click);
    days_.insert(click.time / kMillisPerDay);
    return {};
  }

  Result<void> flush() {
    TRY(store_.insert(batch_, "oracle-" + std::to_string(epoch_) + "-" + std::to_string(n_)));
    batch_ = ClickBatch();
    return {};
  }

  Result<void> put_days_right() {
    for (const std::int64_t day : days_) {
      TRY(store_.order_first_clicks(WorkspaceId{1}, day));
      for (;;) {
        TRY_ASSIGN(const bool rewriting, store_.rewriting());
        if (!rewriting) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
    return {};
  }

 private:
  ClickStore& store_;
  FirstClicks firsts_;
  const std::uint32_t epoch_;
  std::uint64_t n_ = 0;
  ClickBatch batch_;
  std::set<std::int64_t> days_;
};

std::vector<const Column*> columns_of(const std::string& names) {
  std::vector<const Column*> out;
  for (const std::string_view name : split(names, '\t')) {
    const auto columns = click_columns();
    const auto found = std::ranges::find(columns, name, &Column::name);
    CHECK(found != columns.end());
    out.push_back(&*found);
  }
  return out;
}

Result<void> store_file(std::istream& in, Storing& storing) {
  std::string line;
  std::getline(in, line);
  const auto columns = columns_of(line);
  while (std::getline(in, line)) {
    const auto fields = split(line, '\t');
    CHECK(fields.size() == columns.size());
    Click click;
    for (std::size_t i = 0; i < fields.size(); ++i)
      CHECK(columns[i]->set(tsv_unescape(fields[i]), click));
    TRY(storing.add(std::move(click)));
  }
  return storing.flush();
}

Result<void> run(const std::filesystem::path& data, const char* file, std::uint32_t epoch) {
  Settings settings;
  settings.data = data;
  settings.engine_binary = std::getenv("TALLYMARK_BINARY");
  if (const char* engine = std::getenv("TALLYMARK_ENGINE_BINARY")) settings.engine_binary = engine;
  fill_default_paths(settings);
  const SystemClock clock;
  PosixFiles files;
  SystemRandom random;
  TRY_ASSIGN(const Node node, Node::open(files, random, settings.data));
  HttpClient http;
  const ClickStoreParts clicks = open_click_store(settings, node, clock, http);
  TRY(clicks.engine->wait_ready(std::chrono::seconds(30)));
  TRY(clicks.store->migrate());
  Storing storing(*clicks.store, files, data, epoch);
  std::ifstream in(file);
  TRY(store_file(in, storing));
  return epoch == 1 ? Result<void>() : storing.put_days_right();
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: store_clicks DATA FILE EPOCH\n");
    return 2;
  }
  const auto stored = tally::run(argv[1], argv[2], static_cast<std::uint32_t>(std::atoi(argv[3])));
  if (!stored) std::fprintf(stderr, "store_clicks: %s\n", stored.error().line().c_str());
  return stored ? 0 : 1;
}
