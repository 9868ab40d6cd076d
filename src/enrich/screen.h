// SPDX-License-Identifier: Apache-2.0
//
// The screen's size where a user agent carries it. Instagram and Threads do:
//
//   … Instagram 406.0.0.58.159 Android (35/15; 480dpi; 1080x2400; OPPO; …)
//   … Instagram 378.1.1 (iPhone15,3; iOS 18_3; en_US; en; scale=3.00; 1290x2796; …)
//
// The numbers are physical pixels. Nothing is guessed from a model's name.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace tally {

struct ScreenSize {
  std::uint16_t width = 0, height = 0;  // physical pixels
  float dpr = 0;                        // physical pixels per CSS pixel
};

// Not thread-safe to move, safe to read from several threads.
class ScreenRules {
 public:
  ScreenRules();
  ScreenRules(ScreenRules&&) noexcept;
  ScreenRules& operator=(ScreenRules&&) noexcept;
  ~ScreenRules();

  std::optional<ScreenSize> read(std::string_view user_agent) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
