// SPDX-License-Identifier: Apache-2.0
// Any bytes give a document or a named refusal; reading a link from it never does worse.
#include <cstdint>

#include "api/experiment_json.h"
#include "api/json.h"
#include "api/link_json.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = tally::JsonDocument::parse(text);
  if (!document) {
    CHECK(document.error().code == tally::ErrorCode::malformed && !document.error().slug.empty());
  }
  tally::ExperimentSetup setup;
  const auto experiment = tally::read_experiment(text, 0);
  CHECK(document || !experiment);
  if (experiment)
    CHECK(experiment->setup.kind == tally::ExperimentKind::variants ||
          experiment->setup.arms.size() >= 2);
  CHECK(document || !tally::patch_experiment(setup, text, 0));
  static const tally::LinkRules rules{tally::OwnHosts("https://go.example"), {"myapp"}};
  const auto link = tally::apply_link_json({}, text, rules);
  CHECK(document || !link);
  if (!link) return 0;
  // What was accepted can be written, read again, and is the same.
  tally::JsonWriter out;
  tally::put_link(out, link->link, "https://go.example");
  CHECK(tally::JsonDocument::parse(out.take()));
  return 0;
}
