// SPDX-License-Identifier: Apache-2.0
//
// The first line is the recipient, the second the subject, the rest the text. Whatever they are, a
// message has our nine headers and no others, and only lines that mail may have.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "mail/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto take_line = [&] {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return std::string(line);
  };
  Mail mail;
  mail.to = take_line();
  mail.subject = take_line();
  mail.text = rest;
  mail.id = "x";
  const auto message = message_text("alerts@example.com", mail);
  if (!message) return 0;
  bool in_headers = true;
  std::size_t headers = 0;
  CHECK(message->ends_with("\r\n"));
  const std::string_view lines = std::string_view(*message).substr(0, message->size() - 2);
  for (std::string_view line : split(lines, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (const char c : line) CHECK((c >= 0x20 && c < 0x7f) || c == '\t');
    if (line.empty()) in_headers = false;
    CHECK(line.size() <= (in_headers ? 998u : 76u));
    if (in_headers && !line.starts_with(' ')) ++headers;
  }
  CHECK(headers == 9);
  return 0;
}
