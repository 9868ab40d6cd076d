// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a user agent: bounded, well-formed facts, and the automaton agrees with itself.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "enrich/bots.h"
#include "enrich/device.h"
#include "enrich/in_app.h"
#include "enrich/screen.h"
#include "enrich/stored_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static BotRules bots = BotRules::load({}).value();
  static DeviceRules devices = DeviceRules::load({}).value();
  static InAppRules apps = InAppRules::load({}).value();
  static const ScreenRules screens;
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  const BotVerdict verdict = bots.classify(text);
  CHECK(!verdict.reason.empty() && verdict.reason != "no_rule");
  platform_of(text, devices.match(text));
  if (const auto app = apps.match(text)) CHECK(!app->name.empty());
  if (const auto screen = screens.read(text)) CHECK(screen->width >= 100 && screen->dpr >= 0);
  const std::string stored = stored_text(text, 512);
  CHECK(stored.size() <= 512 && is_utf8(stored));
  return 0;
}
