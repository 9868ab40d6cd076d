// SPDX-License-Identifier: Apache-2.0
#include "enrich/country_ending.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tally {
namespace {

// Countries whose registry has com.xx, and those that have co.xx.
constexpr auto kCom = std::to_array<std::string_view>(
    {"af", "ag", "ai", "am", "ar", "au", "bd", "bh", "bn", "bo", "br", "by", "bz", "cn",
     "co", "cu", "cy", "do", "ec", "eg", "et", "fj", "ge", "gh", "gi", "gr", "gt", "hk",
     "jm", "kh", "kw", "lb", "ly", "mk", "mm", "mt", "mx", "my", "na", "ng", "ni", "np",
     "om", "pa", "pe", "pg", "ph", "pk", "pr", "ps", "py", "qa", "sa", "sb", "sg", "sl",
     "sv", "tj", "tn", "tr", "tw", "ua", "uy", "uz", "vc", "ve", "vn"});
constexpr auto kCo = std::to_array<std::string_view>(
    {"ao", "bw", "ck", "cr", "id", "il", "in", "jp", "ke", "kr", "ls", "ma",
     "mz", "nz", "th", "tz", "ug", "uk", "uz", "ve", "vi", "za", "zm", "zw"});
static_assert(std::ranges::is_sorted(kCom) && std::ranges::is_sorted(kCo));

}  // namespace

std::string_view::size_type country_ending(std::string_view host) {
  constexpr auto kNone = std::string_view::npos;
  const auto last = host.rfind('.');
  if (last == kNone || last == 0) return kNone;
  const std::string_view top = host.substr(last + 1);
  if (top == "com") return last + 1;
  if (top.size() != 2 || !std::ranges::all_of(top, is_alpha)) return kNone;
  const auto dot = host.rfind('.', last - 1);
  const auto begin = dot == kNone ? 0 : dot + 1;
  const std::string_view second = host.substr(begin, last - begin);
  if (second == "com" && std::ranges::binary_search(kCom, top)) return begin;
  if (second == "co" && std::ranges::binary_search(kCo, top)) return begin;
  return last + 1;
}

}  // namespace tally
