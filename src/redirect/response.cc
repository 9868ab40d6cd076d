// SPDX-License-Identifier: Apache-2.0
#include "redirect/response.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <iterator>

namespace tally {
namespace {

// Accept-CH asks Chromium for what its frozen user agent no longer tells; over HTTPS it remembers
// and sends it with the next click. Critical-CH would repeat this request and is not sent.
constexpr std::string_view kAfterLocation =
    "\r\nAccept-CH: Sec-CH-UA-Platform-Version, Sec-CH-UA-Model, Sec-CH-UA-Form-Factors\r\n"
    "Cache-Control: private, no-store\r\nContent-Length: 0\r\n\r\n";

void end_head(const RequestHead& head, std::string& out) {
  if (!head.keep_alive)
    out.append("Connection: close\r\n");
  else if (head.is_1_0)
    out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

std::string_view redirect_line(int status) {
  switch (status) {
    case 301:
      return "301 Moved Permanently";
    case 303:
      return "303 See Other";
    case 307:
      return "307 Temporary Redirect";
    default:
      return "302 Found";
  }
}

}  // namespace

void ResponseWriter::set_time(UnixMillis now) {
  const std::int64_t second = now / kMillisPerSecond;
  if (second == second_) return;
  second_ = second;
  date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(static_cast<time_t>(second)));
  found_ = "HTTP/1.1 302 Found\r\nDate: " + date_ + "\r\nLocation: ";
}

void ResponseWriter::redirect(int status, std::string_view location, const RequestHead& head,
                              std::string& out, std::string_view extra) {
  const bool plain = head.keep_alive && !head.is_1_0 && extra.empty();
  if (status == 302 && plain) {
    out.append(found_).append(location).append(kAfterLocation);
    return;
  }
  out.append("HTTP/1.1 ").append(redirect_line(status)).append("\r\nDate: ").append(date_);
  out.append("\r\nLocation: ").append(location);
  out.append(kAfterLocation.substr(0, kAfterLocation.size() - 2)).append(extra);
  end_head(head, out);
}

void ResponseWriter::page(std::string_view status_line, std::string_view type,
                          std::string_view body, std::string_view extra, const RequestHead& head,
                          std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "HTTP/1.1 {}\r\nDate: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
                 "X-Content-Type-Options: nosniff\r\n{}",
                 status_line, date_, type, body.size(), extra);
  end_head(head, out);
  if (head.method != "HEAD") out.append(body);
}

void ResponseWriter::no_content(std::string_view extra, const RequestHead& head, std::string& out) {
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 204 No Content\r\nDate: {}\r\n{}", date_,
                 extra);
  end_head(head, out);
}

}  // namespace tally
