// SPDX-License-Identifier: Apache-2.0
#include "buckets/answer.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxMessage = 300;  // bytes
constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};

std::string without_entities(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto* const entity = std::ranges::find_if(
        kEntities, [&](const auto& each) { return text.starts_with(each.first); });
    const bool found = entity != kEntities.end();
    out += found ? entity->second : text.front();
    text.remove_prefix(found ? entity->first.size() : 1);
  }
  return out;
}

// One line of UTF-8.
std::string plain(std::string_view text) {
  std::string out = make_utf8(cut_utf8(text, kMaxMessage));
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, ' ');
  return out;
}

}  // namespace

std::string xml_text(std::string_view xml, std::string_view name) {
  const std::string begin = "<" + std::string(name) + ">", end = "</" + std::string(name) + ">";
  const auto at = xml.find(begin);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = xml.substr(at + begin.size());
  const auto size = rest.find('<');
  if (size == std::string_view::npos || !rest.substr(size).starts_with(end)) return {};
  return plain(without_entities(rest.substr(0, size)));
}

std::string bucket_failure(const OutgoingAnswer& answer) {
  if (!answer.error.empty()) return answer.error;
  if (answer.status >= 200 && answer.status < 300) return {};
  std::string out = std::to_string(answer.status);
  if (const std::string code = xml_text(answer.body, "Code"); !code.empty()) out += " " + code;
  if (const std::string text = xml_text(answer.body, "Message"); !text.empty()) out += ": " + text;
  return out;
}

}  // namespace tally
