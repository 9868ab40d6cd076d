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

constexpr std::string_view kOpenToAll[] = {"/tent", "/app", "/help"};
constexpr std::string_view kMonitored = "/app";
constexpr std::string_view kScanned[] = {"/spring/newsletter", "/app",  "/help",
                                         "/spring/slow-hiker", "/tent", "/catalogue"};

constexpr double kComesBack = 0.16;  // of all clicks, again and again
constexpr double kHoursUntilBack = 2.5;
constexpr double kTriesAnother = 0.35;           // of those who come back
constexpr double kFetchesAhead = 0.03;           // of Chrome's clicks
constexpr std::uint64_t kRequestsPerCheck = 60;  // one in so many is the monitor's
constexpr std::uint64_t kRequestsPerScan = 2'000;
constexpr std::uint64_t kRequestsPerAddress = 6;
constexpr std::uint64_t kFewestAddresses = 100;

struct Source {
  const Course* course = nullptr;
  std::vector<const DemoAgents*> agents;
  Weights agent_weights;
  std::string_view target, referrer;
};

const Course& course_named(std::string_view name) {
  const auto found = std::ranges::find(courses(), name, &Course::name);
  CHECK(found != courses().end());
  return *found;
}

class History {
 public:
  History(const DemoTrafficOptions& options, Random& random)
      : now_(options.now), wanted_(options.requests), random_(random) {
    requests_.reserve(wanted_);
    for (const DemoCountry& country : demo_countries()) country_weights_.add(country.weight);
    read_sources();
  }

  std::vector<DemoRequest> draw(const CountryOf& country_of) && {
    const auto count = std::max(kFewestAddresses, wanted_ / kRequestsPerAddress);
    addresses_ = draw_addresses(count, random_, country_of);
    add_checks();
    for (std::uint64_t i = 0; i < wanted_ / kRequestsPerScan; ++i) add_scan();
    while (requests_.size() < wanted_) add_visit();
    requests_.resize(wanted_);
    std::ranges::stable_sort(requests_, {}, &DemoRequest::time);
    return std::move(requests_);
  }

 private:
  void read_sources() {
    for (const auto& row : read_table(kSourceTable, 5)) {
      Source source;
      source.course = &course_named(row.at(1));
      for (const auto& [kind, weight] : kinds_of(row.at(2))) {
        source.agents.push_back(&demo_agents().at(kind));
        source.agent_weights.add(weight);
      }
      source.target = row.at(3);
      source.referrer = row.at(4) == "-" ? std::string_view() : row.at(4);
      source_weights_.add(table_number(row.at(0)));
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
  std::string_view agent_of(const DemoAgents& agents) {
    return agents.texts[agents.weights.at(share())];
  }
  std::size_t draw_country() { return country_weights_.at(share()); }
  const Address& address_in(std::size_t country) { return one_of(addresses_.in(country)); }
  bool in_history(UnixMillis time) const { return time >= now_ - kDemoHistory && time < now_; }

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
    const std::size_t home = draw_country();
    const DemoCountry& country = demo_countries()[home];
    DemoRequest request;
    request.time = draw_time(*source.course, country.offset);
    request.address = address_in(home);
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
    const Address from = address_in(0);
    const std::uint64_t checks = wanted_ / kRequestsPerCheck;
    for (std::uint64_t i = 0; i < checks; ++i) {
      DemoRequest request;
      request.time = now_ - kDemoHistory + static_cast<UnixMillis>(i * (kDemoHistory / checks));
      request.address = from;
      request.method = "HEAD";
      request.target = kMonitored;
      request.user_agent = agent_of(demo_agents().at("monitor"));
      requests_.push_back(request);
    }
  }

  // A mail gateway follows every link of a message before its reader does.
  void add_scan() {
    const std::size_t home = draw_country();
    const DemoCountry& country = demo_countries()[home];
    DemoRequest request;
    request.time = draw_time(course_named("mailing"), country.offset);
    request.address = address_in(home);
    request.user_agent = agent_of(demo_agents().at("scanner"));
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
  Weights country_weights_;
  DemoAddresses addresses_;
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
