// SPDX-License-Identifier: Apache-2.0
//
// The made-up people of `tallymark demo`: what they hold in their hands, where they live and when
// they are awake. The tables are in data/.
//
// Addresses are random public ones, kept when the geo database puts them into a country of the
// table: so places are plausible and belong to nobody in particular.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "model/hit.h"

namespace tally {

// Draws positions in proportion to the weights added.
class Weights {
 public:
  void add(double weight) { sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight); }
  double total() const { return sums_.back(); }
  double of(std::size_t at) const { return sums_[at] - (at == 0 ? 0 : sums_[at - 1]); }
  // The position at `share` (0 to 1, exclusive) of the total.
  std::size_t at(double share) const;

 private:
  std::vector<double> sums_;
};

// User agents of a kind: phone, desktop, instagram, crawler and so on.
struct DemoAgents {
  Weights weights;
  std::vector<std::string_view> texts;
};
const std::map<std::string_view, DemoAgents>& demo_agents();

struct KindShare {
  std::string_view kind;
  double weight;
};
// What a mix ("people") is made of; a kind is a mix of itself.
std::vector<KindShare> kinds_of(std::string_view mix);

struct DemoCountry {
  std::string_view code;
  double weight = 0;
  UnixMillis offset = 0;  // from UTC
  std::string_view language, other_language;
};
std::span<const DemoCountry> demo_countries();
inline constexpr double kUsesOtherLanguage = 0.15;

// How likely somebody at that offset is to click at that time, 0 to 1.
double rhythm(UnixMillis time, UnixMillis offset);

// The ISO code of an address's country; any other text when it is not known.
using CountryOf = std::function<std::string(const Address& address)>;

struct DemoAddresses {
  std::vector<std::vector<Address>> of_country;  // in the order of demo_countries()
  std::vector<Address> anywhere;

  // Where the database finds none in a country (or there is no database), any address serves.
  const std::vector<Address>& in(std::size_t country) const {
    return of_country[country].empty() ? anywhere : of_country[country];
  }
};

// `count` addresses, a country's part of them as its weight says.
DemoAddresses draw_addresses(std::uint64_t count, Random& random, const CountryOf& country_of);

// The number that a field of a table is.
double table_number(std::string_view text);

}  // namespace tally
