// SPDX-License-Identifier: Apache-2.0
//
// Stores hits of any time in the click store of a data folder that no server uses: for the oracle.
//
//   store_clicks DATA FILE EPOCH
//   store_clicks ids DATA EPOCH COUNT    the click ids that hits of such a file get, a line each
//
// FILE is tab-separated as ClickHouse writes it: a line of column names, then a hit a line, by
// time. With view_w, view_h and view_dpr other than 0 the hit's landing page was shown, too. First
// clicks are marked as enrichment marks them; where hits of an earlier EPOCH were stored, the days
// concerned are put right afterwards, as they are after any late data.
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "clicks/click_batch.h"
#include "clicks/columns.h"
#include "clicks/sql_text.h"
#include "clicks/view_batch.h"
#include "enrich/first_clicks.h"
#include "model/click_id.h"
#include "server/default_paths.h"
#include "server/parts.h"

namespace tally {
namespace {

constexpr std::uint16_t kNode = 900;
constexpr std::size_t kRows = 100'000;

constexpr std::uint16_t kViewShard = 1;

// A line of the file.
struct Line {
  Click click;
  std::uint16_t view_w = 0, view_h = 0;
  float view_dpr = 0;
};

class Storing {
 public:
  Storing(ClickStore& store, Files& files, const std::filesystem::path& folder, std::uint32_t epoch)
      : store_(store), firsts_(files, {folder / "no-visitors"}), epoch_(epoch) {}

  Result<void> add(Line line) {
    Click& click = line.click;
    click.key = {kNode, epoch_, 0, n_++};
    click.workspace = WorkspaceId{1};
    // Enough for all that a test draws; nothing is ever saved.
    firsts_.mark(click);
    const auto partition = ClickStore::partition_of(click.time);
    if (!clicks_.empty() && (clicks_.partition() != partition || clicks_.rows() == kRows))
      TRY(flush());
    clicks_.add(click);
    if (line.view_w != 0)
      views_.add({.key = {kNode, epoch_, kViewShard, click.key.n},
                  .click = click.key,
                  .time = click.time,
                  .viewed = click.time,
                  .workspace = click.workspace,
                  .link = click.link,
                  .screen_w = line.view_w,
                  .screen_h = line.view_h,
                  .dpr = line.view_dpr});
    days_.insert(click.time / kMillisPerDay);
    return {};
  }

  Result<void> flush() {
    const std::string token = "oracle-" + std::to_string(epoch_) + "-" + std::to_string(n_);
    TRY(store_.insert(clicks_, token));
    if (!views_.empty()) TRY(store_.insert(views_, token + "-views"));
    clicks_ = ClickBatch();
    views_ = ViewBatch();
    return {};
  }

  Result<void> put_days_right() {
    for (const std::int64_t day : days_) TRY(store_.order_first_clicks(WorkspaceId{1}, day));
    for (;;) {
      TRY_ASSIGN(const bool rewriting, store_.rewriting());
      if (!rewriting) return {};
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

 private:
  ClickStore& store_;
  FirstClicks firsts_;
  const std::uint32_t epoch_;
  std::uint64_t n_ = 0;
  ClickBatch clicks_;
  ViewBatch views_;
  std::set<std::int64_t> days_;
};

void set_field(Line& line, std::string_view name, const std::string& text) {
  if (name == "view_w") {
    line.view_w = parse_number<std::uint16_t>(text).value();
  } else if (name == "view_h") {
    line.view_h = parse_number<std::uint16_t>(text).value();
  } else if (name == "view_dpr") {
    line.view_dpr = parse_number<float>(text).value();
  } else {
    const auto columns = click_columns();
    const auto found = std::ranges::find(columns, name, &Column::name);
    CHECK(found != columns.end());
    CHECK(found->set(text, line.click));
  }
}

Result<void> store_file(std::istream& in, Storing& storing) {
  std::string head, text;
  std::getline(in, head);
  const auto names = split(head, '\t');
  while (std::getline(in, text)) {
    const auto fields = split(text, '\t');
    CHECK(fields.size() == names.size());
    Line line;
    for (std::size_t i = 0; i < fields.size(); ++i)
      set_field(line, names[i], tsv_unescape(fields[i]));
    TRY(storing.add(std::move(line)));
  }
  return storing.flush();
}

Result<void> print_ids(const std::filesystem::path& data, std::uint32_t epoch,
                       std::uint64_t count) {
  PosixFiles files;
  SystemRandom random;
  TRY_ASSIGN(const Node node, Node::open(files, random, data));
  const ClickIdCodec ids(node.click_id_key());
  for (std::uint64_t n = 0; n < count; ++n) std::puts(ids.encode({kNode, epoch, 0, n}).c_str());
  return {};
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
  const bool ids = argc == 5 && std::string_view(argv[1]) == "ids";
  if (argc != 4 && !ids) {
    std::fprintf(stderr, "usage: store_clicks DATA FILE EPOCH | ids DATA EPOCH COUNT\n");
    return 2;
  }
  const auto epoch = static_cast<std::uint32_t>(std::atoi(argv[3]));
  const auto done = ids ? tally::print_ids(argv[2], epoch, std::strtoull(argv[4], nullptr, 10))
                        : tally::run(argv[1], argv[2], epoch);
  if (!done) std::fprintf(stderr, "store_clicks: %s\n", done.error().line().c_str());
  return done ? 0 : 1;
}
