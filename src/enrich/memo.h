// SPDX-License-Identifier: Apache-2.0
//
// What was worked out of a text lately, so that a text that comes again costs a hash and a
// comparison. Four ways a set, the one longest unused gives way: a flood of distinct or colliding
// texts makes each cost what it costs without this, and never more memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

// Not thread-safe.
template <class Value>
class Memo {
 public:
  // For `places` texts of at most `longest` bytes; longer ones are not remembered.
  Memo(std::size_t places, std::size_t longest)
      : sets_(std::max<std::size_t>(1, places / kWays)), longest_(longest) {}

  // Valid until the next call. `work_out()` gives the value of `text`, always the same one.
  template <class WorkOut>
  const Value& get(std::string_view text, WorkOut work_out) {
    if (text.size() > longest_) return too_long_ = work_out();
    auto& set = sets_[std::hash<std::string_view>()(text) % sets_.size()];
    Place* oldest = &set[0];
    for (Place& place : set) {
      if (place.used != 0 && place.text == text) {
        place.used = ++turn_;
        return place.value;
      }
      if (place.used < oldest->used) oldest = &place;
    }
    oldest->value = work_out();
    oldest->text = text;
    oldest->used = ++turn_;
    return oldest->value;
  }

  void forget() {
    for (auto& set : sets_) set = {};
  }

 private:
  static constexpr std::size_t kWays = 4;

  struct Place {
    std::string text;
    Value value;
    std::uint64_t used = 0;  // 0: free
  };

  std::vector<std::array<Place, kWays>> sets_;
  std::size_t longest_;
  std::uint64_t turn_ = 0;
  Value too_long_;
};

}  // namespace tally
