// SPDX-License-Identifier: Apache-2.0
#include "http/request_head.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace tally {
namespace {

constexpr Refusal kUriTooLong{414, "uri_too_long", "the request line is longer than 8 KiB"};
constexpr Refusal kHeadTooLarge{431, "headers_too_large", "the head is larger than 32 KiB"};
constexpr Refusal kTooManyFields{431, "headers_too_large", "there are more than 100 header fields"};

constexpr Refusal bad(std::string_view detail) { return {400, "bad_request", detail}; }

// What a byte may be part of, looked up: every byte of every request passes here.
constexpr std::uint8_t kToken = 1;   // RFC 9110 5.6.2
constexpr std::uint8_t kTarget = 2;  // what may stand in a request target
constexpr std::uint8_t kField = 4;   // RFC 9110 5.5, with obs-text
constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> out{};
  for (unsigned byte = 0; byte < out.size(); ++byte) {
    const char c = static_cast<char>(byte);
    if (is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c)) out[byte] |= kToken;
    if (byte > 0x20 && byte < 0x7f && c != '#') out[byte] |= kTarget;
    if (c == '\t' || (byte >= 0x20 && byte != 0x7f)) out[byte] |= kField;
  }
  return out;
}();

bool all_are(std::uint8_t wanted, std::string_view text) {
  for (const char c : text)
    if ((kClasses[static_cast<unsigned char>(c)] & wanted) == 0) return false;
  return true;
}

bool is_token(std::string_view text) { return !text.empty() && all_are(kToken, text); }

// all_are(kField, text), eight bytes at a time. A word is suspicious when any byte is below 0x20 or
// is 0x7f (Hacker's Delight 6-1, finding a byte in a word); tabs make one so as well, and only then
// are the bytes looked at.
bool is_field_value(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = kOnes * 0x80;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof word);
    const std::uint64_t deleted = word ^ (kOnes * 0x7f);
    const std::uint64_t low = (word - kOnes * 0x20) & ~word & kTops;
    const std::uint64_t del = (deleted - kOnes) & ~deleted & kTops;
    if ((low | del) != 0 && !all_are(kField, text.substr(i, 8))) return false;
  }
  return all_are(kField, text.substr(i));
}

// "name", "name:port" or "[address]:port"; what a name resolves to is not our question.
bool is_host(std::string_view text) {
  if (text.size() > 255) return false;
  const bool bracket = text.starts_with('[');
  const auto closing = text.find(']');
  if (bracket && closing == std::string_view::npos) return false;
  const auto end = bracket ? closing + 1 : std::min(text.find(':'), text.size());
  const std::string_view name = bracket ? text.substr(1, closing - 1) : text.substr(0, end);
  const std::string_view port = text.substr(end);
  const std::string_view beside_alnum = bracket ? ".:" : ".-_";
  const bool plain =
      std::ranges::all_of(name, [&](char c) { return is_alnum(c) || beside_alnum.contains(c); });
  if (!plain || port.empty() || port == ":") return plain;
  return port.front() == ':' && parse_number<std::uint16_t>(port.substr(1)).has_value();
}

// The next line without its CRLF, taken off `bytes`. HeadScanner has seen that every LF follows a
// CR; a CR that no LF follows stays in the line and is refused as a control character there.
std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos || end == 0 || bytes[end - 1] != '\r')
    return std::exchange(bytes, {});
  const std::string_view line = bytes.substr(0, end - 1);
  bytes.remove_prefix(end + 1);
  return line;
}

Refusal read_version(std::string_view version, bool& is_1_0) {
  if (version == "HTTP/1.1") return {};
  if (version == "HTTP/1.0") {
    is_1_0 = true;
    return {};
  }
  const bool other = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                     version[6] == '.' && is_digit(version[7]);
  if (other) return {505, "http_version", "only HTTP/1.0 and HTTP/1.1 are spoken here"};
  return bad("the request line does not end in an HTTP version");
}

// RFC 9112 3.2.2: a server must take the absolute form, and its host goes before the Host field.
Refusal read_absolute_target(RequestHead& head) {
  const std::string_view rest = head.target.substr(head.target.find("//") + 2);
  const auto end = rest.find_first_of("/?");
  head.host = rest.substr(0, end);
  if (head.host.empty() || !is_host(head.host)) return bad("the target's host is not a host");
  head.target = end == std::string_view::npos ? std::string_view("/") : rest.substr(end);
  return {};
}

// Schemes ignore case (RFC 3986 3.1).
bool is_absolute(std::string_view target) {
  return equals_ignoring_case(target.substr(0, 7), "http://") ||
         equals_ignoring_case(target.substr(0, 8), "https://");
}

Refusal read_request_line(std::string_view line, RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return bad("the request line is not 'METHOD target HTTP/1.1'");
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  if (!is_token(head.method) || head.method.size() > 32) return bad("the method is not a token");
  if (const Refusal why = read_version(line.substr(last + 1), head.is_1_0)) return why;
  if (!all_are(kTarget, head.target))
    return bad("the target holds a character that must be percent-encoded");
  if (head.target == "*" && head.method == "OPTIONS") return {};
  if (head.target.starts_with('/')) return {};
  if (is_absolute(head.target)) return read_absolute_target(head);
  return bad("the target must begin with '/'");
}

void read_connection(std::string_view value, RequestHead& head) {
  for (;;) {
    const auto comma = value.find(',');
    const std::string_view option = trim(value.substr(0, comma));
    if (equals_ignoring_case(option, "close")) head.keep_alive = false;
    if (equals_ignoring_case(option, "keep-alive")) head.keep_alive = true;
    if (comma == std::string_view::npos) return;
    value.remove_prefix(comma + 1);
  }
}

// What fields said about the body and the host, to be judged together at the end.
struct Framing {
  bool has_length = false;
  bool has_coding = false;
  bool has_host = false;
};

Refusal read_host(const HeadField& field, RequestHead& head, Framing& framing) {
  if (framing.has_host) return bad("there are two Host fields");
  if (!is_host(field.value)) return bad("Host is not a host");
  framing.has_host = true;
  if (head.host.empty()) head.host = field.value;
  return {};
}

Refusal read_length(const HeadField& field, RequestHead& head, Framing& framing) {
  if (framing.has_length) return bad("there are two Content-Length fields");
  const auto length = parse_number<std::uint64_t>(field.value);
  if (!length || !std::ranges::all_of(field.value, is_digit))
    return bad("Content-Length is not a number");
  framing.has_length = true;
  head.content_length = *length;
  return {};
}

Refusal read_coding(const HeadField& field, RequestHead& head, Framing& framing) {
  if (framing.has_coding) return bad("there are two Transfer-Encoding fields");
  framing.has_coding = true;
  if (!equals_ignoring_case(field.value, "chunked"))
    return {501, "not_implemented", "the only transfer coding understood is chunked"};
  head.chunked = true;
  return {};
}

Refusal read_expectation(const HeadField& field, RequestHead& head) {
  if (!equals_ignoring_case(field.value, "100-continue"))
    return {417, "expectation_failed", "the only expectation understood is 100-continue"};
  head.expects_continue = true;
  return {};
}

// The fields that say where a request ends and whom it is for. A name's length tells most others
// apart from them.
Refusal read_framing(const HeadField& field, RequestHead& head, Framing& framing) {
  const auto named = [&](std::string_view name) { return equals_ignoring_case(field.name, name); };
  switch (field.name.size()) {
    case 4:
      return named("host") ? read_host(field, head, framing) : Refusal{};
    case 6:
      return named("expect") ? read_expectation(field, head) : Refusal{};
    case 10:
      if (named("connection")) read_connection(field.value, head);
      return {};
    case 14:
      return named("content-length") ? read_length(field, head, framing) : Refusal{};
    case 17:
      return named("transfer-encoding") ? read_coding(field, head, framing) : Refusal{};
    default:
      return {};
  }
}

Refusal read_field(std::string_view line, HeadField& field) {
  if (line.front() == ' ' || line.front() == '\t') return bad("a header field is folded");
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return bad("a header field has no ':'");
  field.name = line.substr(0, colon);
  field.value = trim(line.substr(colon + 1));
  if (!is_token(field.name)) return bad("a header field's name is not a token");
  if (!is_field_value(field.value)) return bad("a header field holds a control character");
  return {};
}

}  // namespace

std::size_t HeadScanner::find_end(std::string_view bytes, Refusal& why) {
  for (;;) {
    const auto at = bytes.find('\n', scanned_);
    if (at == std::string_view::npos) {
      scanned_ = bytes.size();
      if (bytes.size() > kMaxHead) why = kHeadTooLarge;
      if (last_line_ == 0 && bytes.size() > kMaxRequestLine) why = kUriTooLong;
      return 0;
    }
    if (at == 0 || bytes[at - 1] != '\r') {
      why = bad("a line ends in LF without CR");
      return 0;
    }
    if (last_line_ == 0 && at > kMaxRequestLine) {
      why = kUriTooLong;
      return 0;
    }
    if (at >= kMaxHead) {
      why = kHeadTooLarge;
      return 0;
    }
    if (at == last_line_ + 1) return at + 1;
    scanned_ = last_line_ = at + 1;
  }
}

std::string_view RequestHead::field(std::string_view name) const {
  for (std::size_t i = 0; i < field_count; ++i)
    if (equals_ignoring_case(fields[i].name, name)) return fields[i].value;
  return {};
}

Refusal parse_head(std::string_view bytes, RequestHead& head) {
  head.start_over();
  if (const Refusal why = read_request_line(take_line(bytes), head)) return why;
  head.keep_alive = !head.is_1_0;
  Framing framing;
  while (true) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) break;
    if (head.field_count == kMaxFields) return kTooManyFields;
    HeadField& field = head.fields[head.field_count];
    if (const Refusal why = read_field(line, field)) return why;
    ++head.field_count;
    if (const Refusal why = read_framing(field, head, framing)) return why;
  }
  if (!framing.has_host && !head.is_1_0) return bad("there is no Host field");
  if (framing.has_coding && framing.has_length)
    return bad("there are both Content-Length and Transfer-Encoding");
  if (framing.has_coding && head.is_1_0) return bad("HTTP/1.0 has no Transfer-Encoding");
  return {};
}

}  // namespace tally
