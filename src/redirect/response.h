// SPDX-License-Identifier: Apache-2.0
//
// Responses as bytes.
//
// Nearly all are one redirect, so everything of it but the URL is made once a second: such an
// answer is three copies.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/request_head.h"

namespace tally {

inline constexpr std::string_view kHtml = "text/html; charset=utf-8";
inline constexpr std::string_view kPlain = "text/plain; charset=utf-8";
inline constexpr std::string_view kNoStore = "Cache-Control: private, no-store\r\n";

class ResponseWriter {
 public:
  // The time of the Date field from now on.
  void set_time(UnixMillis now);

  // `status` is 301, 302, 303 or 307, `extra` as below.
  void redirect(int status, std::string_view location, const RequestHead& head, std::string& out,
                std::string_view extra = {});
  // `status_line` like "404 Not Found", `extra` further fields with their line ends. HEAD gets no
  // body.
  void page(std::string_view status_line, std::string_view type, std::string_view body,
            std::string_view extra, const RequestHead& head, std::string& out);
  // 204.
  void no_content(std::string_view extra, const RequestHead& head, std::string& out);

 private:
  std::int64_t second_ = -1;
  std::string date_;
  std::string found_;  // the head of a 302 up to the URL
};

}  // namespace tally
