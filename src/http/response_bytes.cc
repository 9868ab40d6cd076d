// SPDX-License-Identifier: Apache-2.0
#include "http/response_bytes.h"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace tally {
namespace {

// "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(UnixMillis time) {
  const std::time_t seconds = time / kMillisPerSecond;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> out{};
  const std::size_t size =
      std::strftime(out.data(), out.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {out.data(), size};
}

// Field values come from our own code, but some of them from what a stranger sent: a line break
// would begin a field of the stranger's choice.
void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : value) out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  out += "\r\n";
}

bool has_body(int status) { return status != 204 && status != 304; }

}  // namespace

std::string chunk_of(std::string_view bytes) {
  return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

std::string to_bytes(const Response& response, const Sending& sending) {
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  append_field(out, "Date", http_date(sending.now));
  for (const HeaderField& field : response.fields) append_field(out, field.name, field.value);
  append_field(out, "X-Request-Id", sending.id);
  if (!sending.keep_alive) append_field(out, "Connection", "close");
  if (sending.chunked) append_field(out, "Transfer-Encoding", "chunked");
  if (has_body(response.status) && !response.more && !response.pushed)
    append_field(out, "Content-Length", std::to_string(response.body.size()));
  out += "\r\n";
  if (!has_body(response.status) || sending.head_only || response.body.empty()) return out;
  out += sending.chunked ? chunk_of(response.body) : response.body;
  return out;
}

}  // namespace tally
