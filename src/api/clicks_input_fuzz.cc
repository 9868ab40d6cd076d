// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file of clicks: clicks in bounds, faults with their lines, or a named refusal.
#include <cstdint>

#include "api/clicks_input.h"
#include "base/check.h"

namespace tally {
namespace {

void check(const Result<ClicksInput>& input, const std::vector<ClickFault>& faults) {
  CHECK(faults.size() <= kMaxImportFaults);
  for (const ClickFault& fault : faults) CHECK(fault.line >= 7 && !fault.error.slug.empty());
  if (!input) {
    CHECK(!input.error().slug.empty());
    return;
  }
  CHECK(input->clicks.size() == input->lines.size());
  std::size_t before = 0;
  for (std::size_t i = 0; i < input->clicks.size(); ++i) {
    const Click& click = input->clicks[i];
    CHECK(input->lines[i] > before);
    before = input->lines[i];
    CHECK(click.imported && click.workspace && !click.link);
    CHECK(click.visitor == 0 || click.visitor == 7);
    CHECK(click.time >= 0 && click.time <= 1'800'000'300'000);
    CHECK(!click.first || click.visitor != 0 ||
          (click.traffic == Traffic::human && is_headline(click.outcome)));
    CHECK(click.user_agent.size() <= 512 && click.screen_w <= 20'000);
  }
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static const ClickIdCodec codec({});
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const ClicksRules rules{codec, WorkspaceId{9}, 1'800'000'000'000, 7,
                          [](Click& click, std::string_view person) {
                            CHECK(person.size() <= 512);
                            click.visitor = person.empty() ? 0 : 7;
                            return Result<void>();
                          }};
  std::vector<ClickFault> faults;
  check(read_clicks_ndjson(body, rules, faults), faults);
  faults.clear();
  check(read_clicks_csv(body, rules, faults), faults);
  return 0;
}
