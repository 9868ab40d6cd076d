// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an operator's table of referrers, redirectors or sources: it is refused with a place
// in it, or what it says can be looked up and stored. The first byte says which table it is. There
// are no other rows: ours would be read again for each input.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "enrich/referrer.h"
#include "enrich/tables.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  constexpr std::string_view kTables[] = {"referrers", "redirectors", "sources"};
  if (size == 0) return 0;
  const std::string table(kTables[data[0] % std::size(kTables)]);
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);

  auto tables = std::make_shared<RuleTables>(RuleTables::without_ours());
  if (const auto added = tables->add(table, "table.txt", text); !added) {
    CHECK(added.error().message.starts_with("table.txt:"));
    return 0;
  }
  const auto sites = Sites::load(tables);
  if (!sites) {
    CHECK(sites.error().message.starts_with("table.txt:"));
    return 0;
  }
  const auto clean = [](std::string_view stored) {
    CHECK(is_utf8(stored) && stored.size() <= 255);
    CHECK(std::ranges::none_of(stored, [](char c) { return c >= 0 && c < ' '; }));
  };
  const HostSet own;
  std::size_t most = 50;
  for (std::string_view line : split(text, '\n')) {
    for (const std::string_view word : split(line, ' ')) {
      if (most-- == 0) return 0;
      const std::string name = (*sites)->source_name(word);
      clean(name);
      clean((*sites)->named(name).name);
      for (const std::string_view scheme : {"https://", "android-app://"}) {
        const Referrer referrer = (*sites)->read(std::string(scheme) + std::string(word), "", own);
        clean(referrer.host);
        clean(referrer.path);
        clean(referrer.site.name);
      }
    }
  }
  return 0;
}
