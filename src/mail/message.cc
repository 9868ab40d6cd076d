// SPDX-License-Identifier: Apache-2.0
#include "mail/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "mail/address.h"

namespace tally {
namespace {

constexpr std::string_view kSender = "Tallymark";
constexpr std::size_t kLongestSubject = 500;  // bytes
constexpr std::size_t kBytesOfAWord = 45;     // 60 characters of base64: a word has at most 75
constexpr std::size_t kPlainSubject = 65;     // with its name within a line of 78
constexpr std::size_t kLongestLine = 76;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_plain(char c) { return c >= 0x20 && c < 0x7f; }
bool is_id_char(char c) { return is_alnum(c) || c == '-'; }

std::string encode_subject(std::string_view subject) {
  if (subject.size() <= kPlainSubject && !subject.contains("=?") &&
      std::ranges::all_of(subject, is_plain))
    return std::string(subject);
  std::string out;
  while (!subject.empty()) {
    const std::string_view piece = cut_utf8(subject, kBytesOfAWord);
    subject.remove_prefix(piece.size());
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(piece) + "?=");
  }
  return out;
}

// One line of text; what would be longer than a line is goes on in the next.
void put_line(std::string_view line, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool at_end = i + 1 == line.size();
    const bool as_it_is =
        (is_plain(c) && c != '=' && (c != ' ' || !at_end)) || (c == '\t' && !at_end);
    const std::size_t size = as_it_is ? 1 : 3;
    if (width + size > kLongestLine - (at_end ? 0 : 1)) {
      out += "=\r\n";
      width = 0;
    }
    width += size;
    if (as_it_is) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'=', kHex[byte >> 4], kHex[byte & 15]};
  }
  out += "\r\n";
}

// "Fri, 15 Jan 2027 08:00:00 +0000".
std::string date_text(UnixMillis time) {
  using std::chrono::sys_days;
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(time)};
  const sys_days day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(at - day));
  return fmt::format(
      "{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays.at(std::chrono::weekday(day).c_encoding()),
      static_cast<unsigned>(date.day()), kMonths.at(static_cast<unsigned>(date.month()) - 1),
      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
      clock.seconds().count());
}

}  // namespace

Result<std::string> message_text(std::string_view from, const Mail& mail) {
  if (!is_mail_address(from)) return fail_field("from", "bad_value", "is not a mail address");
  if (!is_mail_address(mail.to)) return fail_field("to", "bad_value", "is not a mail address");
  if (mail.subject.size() > kLongestSubject || !is_utf8(mail.subject) ||
      std::ranges::any_of(mail.subject, is_control))
    return fail_field("subject", "bad_value", "must be one line of at most 500 bytes");
  if (mail.id.empty() || !std::ranges::all_of(mail.id, is_id_char))
    return fail_field("id", "bad_value", "must be letters, digits and hyphens");
  std::string out = fmt::format(
      "Date: {}\r\n"
      "From: {} <{}>\r\n"
      "To: <{}>\r\n"
      "Subject: {}\r\n"
      "Message-ID: <{}@{}>\r\n"
      "Auto-Submitted: auto-generated\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n"
      "\r\n",
      date_text(mail.time), kSender, from, mail.to, encode_subject(mail.subject), mail.id,
      from.substr(from.rfind('@') + 1));
  std::string_view text = mail.text;
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (const std::string_view line : split(text, '\n')) put_line(line, out);
  return out;
}

}  // namespace tally
