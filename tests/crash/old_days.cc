// SPDX-License-Identifier: Apache-2.0
//
// Makes a data folder look as if nothing had run for days: beside what is there it puts salts and
// first clicks of days that a start has to forget.
//
//   old_days DATA DAYS
//
// DAYS days up to three days ago, each with a salt and with three runs, which are too unlike in
// size to be merged. Nothing may be running on DATA.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/files.h"
#include "base/random.h"
#include "enrich/first_clicks.h"
#include "enrich/salt.h"

namespace tally {
namespace {

constexpr std::int64_t kNewest = 3;  // days ago

Result<void> make_salts(Files& files, const std::filesystem::path& folder, UnixMillis first,
                        UnixMillis last) {
  ManualClock clock(first);
  SystemRandom random;
  SaltKeeper salts(files, clock, random, folder);
  for (UnixMillis time = first; time <= last; time += kMillisPerDay) TRY(salts.for_time(time));
  return {};
}

Result<void> make_first_clicks(Files& files, const std::filesystem::path& folder, UnixMillis first,
                               UnixMillis last) {
  TRY_ASSIGN(const auto firsts, FirstClicks::open(files, {folder}, [](const std::string& what) {
               std::fprintf(stderr, "%s\n", what.c_str());
             }));
  Click click;
  click.workspace = WorkspaceId{1};
  click.link = LinkId{1};
  click.traffic = Traffic::human;
  click.outcome = Outcome::redirected;
  for (const int visitors : {2000, 500, 100}) {
    for (click.time = first; click.time <= last; click.time += kMillisPerDay)
      for (int i = 0; i < visitors; ++i) {
        ++click.visitor;
        firsts->mark(click);
      }
    firsts->commit(firsts->saved_through());
    TRY(firsts->save());
  }
  return {};
}

Result<void> make(const std::filesystem::path& data, std::int64_t days) {
  PosixFiles files;
  const UnixMillis last = SystemClock().now_ms() - kNewest * kMillisPerDay;
  const UnixMillis first = last - (days - 1) * kMillisPerDay;
  TRY(make_salts(files, data / "secrets", first, last));
  return make_first_clicks(files, data / "visitors", first, last);
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  const int days = argc == 3 ? std::atoi(argv[2]) : 0;
  if (days < 1) {
    std::fprintf(stderr, "usage: old_days DATA DAYS\n");
    return 2;
  }
  const auto made = tally::make(argv[1], days);
  if (!made) std::fprintf(stderr, "old_days: %s\n", made.error().line().c_str());
  return made ? 0 : 1;
}
