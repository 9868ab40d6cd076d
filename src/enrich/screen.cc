// SPDX-License-Identifier: Apache-2.0
#include "enrich/screen.h"

#include <re2/re2.h>

#include <cmath>
#include <string>

namespace tally {

struct ScreenRules::Impl {
  RE2 android{R"(; (\d{2,3})dpi; (\d{2,5})x(\d{2,5})[;)])", RE2::Latin1};
  RE2 apple{R"(; scale=(\d(?:\.\d{1,3})?); (?:gamut=[a-z]+; )?(\d{2,5})x(\d{2,5})[;)])",
            RE2::Latin1};
};

ScreenRules::ScreenRules() : impl_(std::make_unique<Impl>()) {}
ScreenRules::ScreenRules(ScreenRules&&) noexcept = default;
ScreenRules& ScreenRules::operator=(ScreenRules&&) noexcept = default;
ScreenRules::~ScreenRules() = default;

std::optional<ScreenSize> ScreenRules::read(std::string_view user_agent) const {
  constexpr int kLargest = 16384;
  constexpr float kDotsOfOne = 160;  // Android's dpi at one physical pixel per CSS pixel
  const re2::StringPiece text(user_agent.data(), user_agent.size());
  int width = 0;
  int height = 0;
  float scale = 0;
  int dpi = 0;
  if (RE2::PartialMatch(text, impl_->android, &dpi, &width, &height)) {
    scale = static_cast<float>(dpi) / kDotsOfOne;
  } else if (!RE2::PartialMatch(text, impl_->apple, &scale, &width, &height)) {
    return std::nullopt;
  }
  if (width < 100 || height < 100 || width > kLargest || height > kLargest) return std::nullopt;
  return ScreenSize{static_cast<std::uint16_t>(width), static_cast<std::uint16_t>(height),
                    std::round(scale * 100) / 100};
}

}  // namespace tally
