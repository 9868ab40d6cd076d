// SPDX-License-Identifier: Apache-2.0
#include "mail/address.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kLongestLocal = 64, kLongestLabel = 63, kLongest = 254;

bool is_atom_char(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").contains(c);
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kLongestLabel && text.front() != '-' &&
         text.back() != '-' &&
         std::ranges::all_of(text, [](char c) { return is_alnum(c) || c == '-'; });
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at > kLongestLocal || text.size() > kLongest) return false;
  const auto atoms = split(text.substr(0, at), '.'), labels = split(text.substr(at + 1), '.');
  const auto is_atom = [](std::string_view atom) {
    return !atom.empty() && std::ranges::all_of(atom, is_atom_char);
  };
  return std::ranges::all_of(atoms, is_atom) && std::ranges::all_of(labels, is_label);
}

}  // namespace tally
