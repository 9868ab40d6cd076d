// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_traffic.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "cli/demo_shop.h"
#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kAgentTable =
#include "cli/data/demo_agents.inc"
    ;
constexpr std::string_view kCountryTable =
#include "cli/data/demo_countries.inc"
    ;
constexpr std::string_view kSourceTable =
#include "cli/data/demo_sources.inc"
    ;

// When a link is clicked: at peaks, so many days before the end at nine in the morning UTC, that
// fade with a mean of `fade_hours`; or evenly over `span` where there are no peaks. People sleep,
// programs do not.
struct Course {
  std::string_view name;
  std::vector<double> peak_days;
  double fade_hours = 0;
  UnixMillis span = kDemoMonth;
  bool people = true;
};
const std::vector<Course>& courses() {
  static const std::vector<Course> kCourses = {
      {"always", {}, 0, kDemoHistory},
      {"steady", {}},
      {"mailing", {24, 17, 10, 3}, 16},
      {"text", {20, 6}, 3},
      {"video", {27}, 170},
      {"episode", {22}, 110},
      {"clips", {25, 12}, 40},
      {"viral", {double(kViralPost) / kMillisPerDay}, 9},
      {"flash", {double(kFlashSaleEnd + kFlashSaleLength) / kMillisPerDay}, 40},
      {"ended", {double(kFlashSaleEnd) / kMillisPerDay - 1}, 60},
      {"teaser", {double(kTeaserCreated) / kMillisPerDay - 1}, 60},
      {"flat", {}, 0, kDemoHistory, false},
      {"crawl", {}, 0, kDemoMonth, false},
  };
  return kCourses;
}

// What people hold in their hands, where a source does not say it.
struct MixPart {
  std::string_view mix;
  double weight;
  std::string_view kind;
};
constexpr MixPart kMixes[] = {
    {"people", 52, "phone"},  {"people", 42, "desktop"}, {"people", 5, "tablet"},
    {"people", 1, "tv"},      {"phones", 95, "phone"},   {"phones", 5, "tablet"},
    {"desks", 88, "desktop"}, {"desks", 12, "phone"},
};

// How awake people are by the hour of their day, and how much they shop by the day of their week
// (Sunday first).
constexpr double kHours[24] = {.25, .15, .10, .08, .08, .14, .30, .52, .66, .72, .74, .76,
                               .82, .80, .74, .72, .74, .80, .88, .96, 1.0, .95, .75, .48};
constexpr double kWeekdays[7] = {.90, .88, .94, .97, 1.0, .84, .74};

constexpr std::string_view kOpenToAll[] = {"/tent", "/app", "/help"};
constexpr std::string_view kMonitored = "/app";
constexpr std::string_view kScanned[] = {"/spring/newsletter", "/app",  "/help",
                                         "/spring/slow-hiker", "/tent", "/catalogue"};

constexpr double kComesBack = 0.16;  // of all clicks, again and again
constexpr double kHoursUntilBack = 2.5;
constexpr double kTriesAnother = 0.35;  // of those who come back
constexpr double kFetchesAhead = 0.03;  // of Chrome's clicks
constexpr double kUsesOtherLanguage = 0.15;
constexpr std::uint64_t kRequestsPerCheck = 60;  // one in so many is the monitor's
constexpr std::uint64_t kRequestsPerScan = 2'000;
constexpr std::uint64_t kRequestsPerAddress = 6;
constexpr std::uint64_t kFewestAddresses = 100;
constexpr std::uint64_t kTriesPerAddress = 40;

// Draws positions in proportion to the weights added.
class Weights {
 public:
  void add(double weight) { sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight); }
  double total() const { return sums_.back(); }
  // The position at `share` (0 to 1, exclusive) of the total.
  std::size_t at(double share) const {
    const auto found = std::ranges::upper_bound(sums_, share * sums_.back());
    return std::min<std::size_t>(found - sums_.begin(), sums_.size() - 1);
  }

 private:
  std::vector<double> sums_;
};

struct Agents {
  Weights weights;
  std::vector<std::string_view> texts;
};

struct Country {
  std::string_view code;
  double weight = 0;
  UnixMillis offset = 0;
  std::string_view language, other_language;
  std::vector<Address> addresses;
};

struct Source {
  const Course* course = nullptr;
  std::vector<const Agents*> agents;
  Weights agent_weights;
  std::string_view target, referrer;
};

double number(std::string_view text) {
  const auto value = parse_number<double>(text);
  CHECK(value.has_value());
  return *value;
}

const Course& course_named(std::string_view name) {
  const auto found = std::ranges::find(courses(), name, &Course::name);
  CHECK(found != courses().end());
  return *found;
}

// Blocks of /8 that belong to armies, clouds and a few firms: nobody shops from there, and they
// would put a fifth of the United States into Columbus, Ohio.
constexpr unsigned char kWithoutPeople[] = {3,  6,  7,  9,  11, 13, 15, 16, 17, 18,  19,
                                            20, 21, 22, 25, 26, 28, 29, 30, 33, 34,  35,
                                            40, 48, 51, 52, 53, 54, 55, 56, 57, 214, 215};

// Public, and not one of the blocks above.
bool may_be_somebody(const unsigned char (&b)[4]) {
  if (b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224) return false;
  if (std::ranges::find(kWithoutPeople, b[0]) != std::ranges::end(kWithoutPeople)) return false;
  if (b[0] == 100 && (b[1] & 0xc0) == 64) return false;
  if (b[0] == 169 && b[1] == 254) return false;
  if (b[0] == 172 && (b[1] & 0xf0) == 16) return false;
  if (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && (b[2] == 0 || b[2] == 2)))) return false;
  if (b[0] == 198 && ((b[1] & 0xfe) == 18 || (b[1] == 51 && b[2] == 100))) return false;
  return !(b[0] == 203 && b[1] == 0 && b[2] == 113);
}

class History {
 public:
  History(const DemoTrafficOptions& options, Random& random)
      : now_(options.now), wanted_(options.requests), random_(random) {
    requests_.reserve(wanted_);
    read_agents();
    read_countries();
    read_sources();
  }

  std::vector<DemoRequest> draw(const CountryOf& country_of) && {
    draw_addresses(country_of);
    add_checks();
    for (std::uint64_t i = 0; i < wanted_ / kRequestsPerScan; ++i) add_scan();
    while (requests_.size() < wanted_) add_visit();
    requests_.resize(wanted_);
    std::ranges::stable_sort(requests_, {}, &DemoRequest::time);
    return std::move(requests_);
  }

 private:
  void read_agents() {
    for (const auto& row : read_table(kAgentTable, 3)) {
      Agents& agents = agents_[row.at(0)];
      agents.weights.add(number(row.at(1)));
      agents.texts.push_back(row.at(2));
    }
  }

  void read_countries() {
    for (const auto& row : read_table(kCountryTable, 5)) {
      Country country;
      country.code = row.at(0);
      country.weight = number(row.at(1));
      country.offset = std::llround(number(row.at(2)) * kMillisPerHour);
      country.language = row.at(3);
      country.other_language = row.at(4);
      country_weights_.add(country.weight);
      countries_.push_back(std::move(country));
    }
  }

  void read_sources() {
    for (const auto& row : read_table(kSourceTable, 5)) {
      Source source;
      source.course = &course_named(row.at(1));
      const std::string_view devices = row.at(2);
      const auto add = [&](std::string_view kind, double weight) {
        source.agents.push_back(&agents_.at(kind));
        source.agent_weights.add(weight);
      };
      for (const MixPart& part : kMixes)
        if (part.mix == devices) add(part.kind, part.weight);
      if (source.agents.empty()) add(devices, 1);
      source.target = row.at(3);
      source.referrer = row.at(4) == "-" ? std::string_view() : row.at(4);
      source_weights_.add(number(row.at(0)));
      sources_.push_back(std::move(source));
    }
  }

  double share() { return static_cast<double>(random_.below(1ULL << 53)) / (1ULL << 53); }
  // Exponentially distributed around the mean.
  UnixMillis fade(double mean_hours) {
    return std::llround(-std::log(1 - share()) * mean_hours * kMillisPerHour);
  }
  template <class All>
  const auto& one_of(const All& all) {
    return all[random_.below(std::size(all))];
  }
  std::string_view agent_of(const Agents& agents) {
    return agents.texts[agents.weights.at(share())];
  }
  Country& draw_country() { return countries_[country_weights_.at(share())]; }
  const Address& address_in(const Country& country) {
    return one_of(country.addresses.empty() ? elsewhere_ : country.addresses);
  }
  bool in_history(UnixMillis time) const { return time >= now_ - kDemoHistory && time < now_; }

  Address draw_address() {
    for (;;) {
      unsigned char bytes[4];
      random_.fill(std::as_writable_bytes(std::span(bytes)));
      if (!may_be_somebody(bytes)) continue;
      Address out;
      out.bytes[10] = out.bytes[11] = 0xff;
      std::ranges::copy(bytes, out.bytes.begin() + 12);
      return out;
    }
  }

  // As many addresses a country as its weight says. Where the database finds none (or there is no
  // database), any address serves.
  void draw_addresses(const CountryOf& country_of) {
    const std::uint64_t count = std::max(kFewestAddresses, wanted_ / kRequestsPerAddress);
    std::map<std::string_view, std::pair<Country*, std::size_t>> missing;
    for (Country& country : countries_) {
      const double part = static_cast<double>(count) * country.weight / country_weights_.total();
      missing[country.code] = {&country, static_cast<std::size_t>(std::ceil(part))};
    }
    for (std::uint64_t tries = count * kTriesPerAddress; tries > 0 && !missing.empty(); --tries) {
      const Address address = draw_address();
      if (elsewhere_.size() < count) elsewhere_.push_back(address);
      const auto found = missing.find(country_of(address));
      if (found == missing.end()) continue;
      auto& [country, places] = found->second;
      country->addresses.push_back(address);
      if (country->addresses.size() == places) missing.erase(found);
    }
  }

  // How likely somebody at that offset is to click at that time, 0 to 1.
  static double rhythm(UnixMillis time, UnixMillis offset) {
    const UnixMillis local = time + offset;
    const auto day = local / kMillisPerDay;
    const auto weekday = static_cast<std::size_t>((day + 4) % 7);  // 1970 began on a Thursday
    return kHours[local % kMillisPerDay / kMillisPerHour] * kWeekdays[weekday];
  }

  UnixMillis candidate(const Course& course) {
    if (course.peak_days.empty())
      return now_ - 1 - static_cast<UnixMillis>(random_.below(course.span));
    const auto before = std::llround(one_of(course.peak_days) * kMillisPerDay);
    const UnixMillis day = (now_ - before) / kMillisPerDay * kMillisPerDay;
    return day + 9 * kMillisPerHour + fade(course.fade_hours);
  }

  UnixMillis draw_time(const Course& course, UnixMillis offset) {
    for (;;) {
      const UnixMillis time = candidate(course);
      if (in_history(time) && (!course.people || share() < rhythm(time, offset))) return time;
    }
  }

  void add_visit() {
    const Source& source = sources_[source_weights_.at(share())];
    const Country& country = draw_country();
    DemoRequest request;
    request.time = draw_time(*source.course, country.offset);
    request.address = address_in(country);
    request.target = source.target;
    request.referrer = source.referrer;
    request.user_agent = agent_of(*source.agents[source.agent_weights.at(share())]);
    if (source.course->people && request.user_agent.starts_with("Mozilla/"))
      request.accept_language =
          share() < kUsesOtherLanguage ? country.other_language : country.language;
    if (request.user_agent.contains(" Chrome/") && share() < kFetchesAhead) {
      DemoRequest ahead = request;
      ahead.purpose = "prefetch;prerender";
      ahead.time -= kMillisPerSecond + static_cast<UnixMillis>(random_.below(2'000));
      if (in_history(ahead.time)) requests_.push_back(ahead);
    }
    while (in_history(request.time)) {
      requests_.push_back(request);
      if (share() >= kComesBack) return;
      request.time += kMillisPerSecond * 30 + fade(kHoursUntilBack);
      if (!source.course->people || share() >= kTriesAnother) continue;
      request.target = one_of(kOpenToAll);
      request.referrer = {};
    }
  }

  // One machine asks for one link's head, day and night.
  void add_checks() {
    const Address from = address_in(countries_.front());
    const std::uint64_t checks = wanted_ / kRequestsPerCheck;
    for (std::uint64_t i = 0; i < checks; ++i) {
      DemoRequest request;
      request.time = now_ - kDemoHistory + static_cast<UnixMillis>(i * (kDemoHistory / checks));
      request.address = from;
      request.method = "HEAD";
      request.target = kMonitored;
      request.user_agent = agent_of(agents_.at("monitor"));
      requests_.push_back(request);
    }
  }

  // A mail gateway follows every link of a message before its reader does.
  void add_scan() {
    const Country& country = draw_country();
    DemoRequest request;
    request.time = draw_time(course_named("mailing"), country.offset);
    request.address = address_in(country);
    request.user_agent = agent_of(agents_.at("scanner"));
    request.accept_language = country.language;
    for (const std::string_view target : kScanned) {
      request.target = target;
      if (in_history(request.time)) requests_.push_back(request);
      request.time += static_cast<UnixMillis>(random_.below(300));
    }
  }

  const UnixMillis now_;
  const std::uint64_t wanted_;
  Random& random_;
  std::map<std::string_view, Agents> agents_;
  std::vector<Country> countries_;
  Weights country_weights_;
  std::vector<Address> elsewhere_;
  std::vector<Source> sources_;
  Weights source_weights_;
  std::vector<DemoRequest> requests_;
};

}  // namespace

std::vector<DemoRequest> demo_traffic(const DemoTrafficOptions& options, Random& random,
                                      const CountryOf& country_of) {
  return History(options, random).draw(country_of);
}

}  // namespace tally
