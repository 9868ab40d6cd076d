// SPDX-License-Identifier: Apache-2.0
#include "cli/crowd_scene.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kWayTable =
#include "cli/data/crowd_ways.inc"
    ;
constexpr std::string_view kLinkTable =
#include "cli/data/crowd_links.inc"
    ;

// A campaign is an occasion and what is sold.
constexpr std::string_view kOccasions[] = {"spring", "summer", "autumn",  "winter", "launch",
                                           "outlet", "gift",   "restock", "member", "festival"};
constexpr std::string_view kGoods[] = {"tents", "packs", "boots", "stoves", "jackets", "bags",
                                       "poles", "lamps", "mats",  "socks",  "maps",    "tools"};

// What is asked for and is no link: misspelt, or somebody looks for other people's holes.
constexpr std::string_view kNoLinks[] = {"wp-login.php", ".env",  "xmlrpc.php", "sping-tents",
                                         "newsleter",    "admin", "sumer-sale"};
constexpr double kPartOfNoLinks = 0.004;  // of all clicks of people

constexpr double kMadeMeanwhile = 0.45;  // of the links
constexpr double kMostAtFirst = 12;      // times what a link has on average
constexpr std::uint64_t kHomes = 20'000;
constexpr std::size_t kProgramPlaces = 2'000;
constexpr std::size_t kVersionsOfApp = 40;

struct Program {
  std::string_view kind;
  double share, hits, gap_ms;
  bool roams, fetches_ahead;
};
constexpr Program kPrograms[] = {
    {"crawler", .035, 60, 20'000, true, false},
    {"preview", .030, 1.5, 200, false, false},
    {"ai", .012, 10, 5'000, true, false},
    {"library", .015, 20, 2'000, true, false},
    {"monitor", .010, 288, 300'000, false, false},
    {"suspect", .012, 6, 150, true, false},
    {"ahead", .010, 1, 0, false, true},
};

// What Chromium says of itself where nobody has frozen it: platform, version and part of its users.
struct HintRow {
  std::string_view in_agent, platform, version;
  double weight;
};
constexpr HintRow kHintRows[] = {
    {"Windows NT", "\"Windows\"", "\"19.0.0\"", 6},
    {"Windows NT", "\"Windows\"", "\"15.0.0\"", 3},
    {"Windows NT", "\"Windows\"", "\"10.0.0\"", 4},
    {"Macintosh", "\"macOS\"", "\"26.1.0\"", 5},
    {"Macintosh", "\"macOS\"", "\"15.7.1\"", 4},
    {"Macintosh", "\"macOS\"", "\"14.6.1\"", 1},
    {"Android 10; K", "\"Android\"", "\"16.0.0\"", 6},
    {"Android 10; K", "\"Android\"", "\"15.0.0\"", 5},
    {"Android 10; K", "\"Android\"", "\"14.0.0\"", 3},
    {"Android 10; K", "\"Android\"", "\"13.0.0\"", 2},
};

std::string_view or_none(std::string_view field) {
  return field == "-" ? std::string_view() : field;
}

// The digits behind "Chrome/"; "" when there are none.
std::string_view chrome_version(std::string_view agent) {
  const auto at = agent.find(" Chrome/");
  if (at == std::string_view::npos) return {};
  agent.remove_prefix(at + 8);
  return agent.substr(0, agent.find('.'));
}

std::string brands_of(std::string_view agent) {
  const auto version = chrome_version(agent);
  const std::string_view brand = agent.contains(" Edg")             ? "Microsoft Edge"
                                 : agent.contains(" OPR/")          ? "Opera"
                                 : agent.contains("SamsungBrowser") ? "Samsung Internet"
                                                                    : "Google Chrome";
  return fmt::format(R"("Chromium";v="{0}", "{1}";v="{0}", "Not?A_Brand";v="24")", version, brand);
}

// Programs inside apps say which build they are: the last two parts of versions of four parts.
std::string another_build(std::string_view agent, SplitMix64& random) {
  std::string out;
  while (!agent.empty()) {
    std::size_t size = 0, parts = 1, last_but_one = 0, last = 0;
    for (; size < agent.size() && (is_digit(agent[size]) || agent[size] == '.'); ++size)
      if (agent[size] == '.') ++parts, last_but_one = last, last = size;
    if (parts >= 4 && is_digit(agent[size - 1])) {
      out += agent.substr(0, last_but_one + 1);
      out += fmt::format("{}.{}", random.below(90) + 10, random.below(90) + 10);
    } else {
      size = std::max<std::size_t>(size, 1);
      out += agent.substr(0, size);
    }
    agent.remove_prefix(size);
  }
  return out;
}

class SceneMaker {
 public:
  SceneMaker(const CrowdSceneOptions& options, const CountryOf& country_of)
      : options_(options), country_of_(country_of), random_(options.seed) {}

  CrowdScene make() && {
    for (const auto& row : read_table(kWayTable, 5))
      for (const auto& [device, part] : kinds_of(row.at(2)))
        out_.ways.push_back({row.at(0), device, or_none(row.at(3)), or_none(row.at(4)),
                             table_number(row.at(1)) * part});
    make_agents();
    make_places();
    make_links();
    for (const Program& program : kPrograms)
      out_.world.programs.push_back({out_.kind_named(program.kind), program.share, program.hits,
                                     program.gap_ms, program.roams, program.fetches_ahead});
    return std::move(out_);
  }

 private:
  void begin_kind(std::string_view kind) {
    out_.kinds.push_back(kind);
    out_.world.kinds.push_back({static_cast<std::uint32_t>(out_.agents.size()), {}});
  }
  void add_agent(CrowdAgent agent, double weight) {
    out_.agents.push_back(std::move(agent));
    out_.world.kinds.back().agent_weights.push_back(weight);
  }

  // A browser with what it hints at, once for each system that it may run on.
  void add_browser(const CrowdAgent& agent, double weight) {
    double total = 0;
    for (const HintRow& row : kHintRows)
      if (agent.user_agent.contains(row.in_agent)) total += row.weight;
    if (total == 0 || chrome_version(agent.user_agent).empty()) return add_agent(agent, weight);
    for (const HintRow& row : kHintRows) {
      if (!agent.user_agent.contains(row.in_agent)) continue;
      CrowdAgent hinted = agent;
      hinted.ch_ua = brands_of(agent.user_agent);
      hinted.ch_mobile = agent.user_agent.contains(" Mobile ") ? "?1" : "?0";
      hinted.ch_platform = row.platform;
      hinted.ch_platform_version = row.version;
      add_agent(std::move(hinted), weight * row.weight / total);
    }
  }

  void make_agents() {
    for (const auto& [kind, agents] : demo_agents()) {
      if (kind == "scanner") continue;
      begin_kind(kind);
      const bool in_app = kind == "instagram" || kind == "facebook" || kind == "tiktok" ||
                          kind == "linkedin" || kind == "pinterest" || kind == "google_app";
      for (std::size_t i = 0; i < agents.texts.size(); ++i) {
        const double weight = agents.weights.of(i);
        const std::string text(agents.texts[i]);
        CrowdAgent agent{kind, text, {}, {}, {}, {}, {}, kind == "monitor"};
        if (!in_app) {
          add_browser(agent, weight);
          continue;
        }
        for (std::size_t version = 0; version < kVersionsOfApp; ++version) {
          agent.user_agent = another_build(text, random_);
          // The newest builds are on most devices.
          add_agent(agent, weight / static_cast<double>(version + 1));
        }
      }
    }
    add_suspects();
    add_ahead();
  }

  // Mail scanners with a browser's words and hints that give them away.
  void add_suspects() {
    begin_kind("suspect");
    const DemoAgents& desktops = demo_agents().at("desktop");
    for (std::size_t i = 0; i < desktops.texts.size(); ++i) {
      const std::string text(desktops.texts[i]);
      if (!text.contains("Windows NT") || chrome_version(text).empty()) continue;
      add_agent({"suspect",
                 text,
                 R"("Chromium";v="121", "HeadlessChrome";v="121")",
                 "?0",
                 "\"Linux\"",
                 {},
                 {},
                 false},
                desktops.weights.of(i));
    }
  }

  void add_ahead() {
    begin_kind("ahead");
    const DemoAgents& phones = demo_agents().at("phone");
    for (std::size_t i = 0; i < phones.texts.size(); ++i) {
      const std::string text(phones.texts[i]);
      if (chrome_version(text).empty()) continue;
      add_browser({"ahead", text, {}, {}, {}, {}, "prefetch;prerender", false},
                  phones.weights.of(i));
    }
  }

  void make_places() {
    SeededRandom random(options_.seed);
    const DemoAddresses addresses = draw_addresses(kHomes, random, country_of_);
    const auto countries = demo_countries();
    double total = 0;
    for (const DemoCountry& country : countries) total += country.weight;
    for (std::size_t i = 0; i < countries.size(); ++i) {
      const DemoCountry& country = countries[i];
      const auto& there = addresses.in(i);
      const auto homes = static_cast<std::size_t>(country.weight / total * kHomes);
      for (std::size_t home = 0; home < homes; ++home) {
        const bool other = random_.share() < kUsesOtherLanguage;
        out_.places.push_back(
            {there[home % there.size()], other ? country.other_language : country.language});
        out_.world.home_offsets.push_back(country.offset);
      }
    }
    // Some live elsewhere.
    for (std::size_t home = 0; home < kHomes / 12; ++home) {
      out_.places.push_back({addresses.anywhere[home % addresses.anywhere.size()], "en-US,en"});
      out_.world.home_offsets.push_back(random_.below(24) * kMillisPerHour - 11 * kMillisPerHour);
    }
    for (std::size_t i = 0; i < kProgramPlaces; ++i) {
      const auto& any = addresses.anywhere;
      out_.places.push_back({any[random_.below(static_cast<std::uint32_t>(any.size()))], {}});
    }
    out_.world.program_places = kProgramPlaces;
  }

  // Ranks have nothing to do with the order in which links are made.
  std::vector<std::size_t> shuffled_ranks() {
    std::vector<std::size_t> ranks(options_.links);
    for (std::size_t i = 0; i < ranks.size(); ++i) ranks[i] = i + 1;
    for (std::size_t i = ranks.size(); i > 1; --i)
      std::swap(ranks[i - 1], ranks[random_.below(static_cast<std::uint32_t>(i))]);
    return ranks;
  }

  void make_links() {
    const auto rows = read_table(kLinkTable, 7);
    Weights kinds;
    for (const auto& row : rows) kinds.add(table_number(row.at(1)));
    const std::vector<std::size_t> ranks = shuffled_ranks();
    double total = 0;
    for (const std::size_t rank : ranks) {
      add_link(rows[kinds.at(random_.share())], 1.0 / static_cast<double>(rank));
      total += 1.0 / static_cast<double>(rank);
    }
    for (const std::string_view path : kNoLinks) {
      CrowdLink link;
      link.weight = total * kPartOfNoLinks / static_cast<double>(std::size(kNoLinks));
      link.leads_somewhere = false;
      out_.world.links.push_back(link);
      out_.links.emplace_back().prefix = path;
      out_.link_kinds.emplace_back("nowhere");
    }
  }

  void add_link(const std::vector<std::string_view>& row, double weight) {
    const std::size_t at = out_.links.size();
    const std::string_view kind = row.at(0);
    const auto days = static_cast<std::uint32_t>(options_.days);
    CrowdLink link;
    link.weight = weight;
    link.fade_days = table_number(row.at(2));
    // What fades was of interest while it was new; popularity is said of all its days together.
    if (link.fade_days > 0)
      link.weight *= std::min(kMostAtFirst, static_cast<double>(days) / (1 + link.fade_days));
    const bool meanwhile = link.fade_days > 0 || random_.share() < kMadeMeanwhile;
    link.born = meanwhile && at > 0 ? random_.below(days) : -1 - std::int64_t{random_.below(200)};
    const auto first = static_cast<std::uint32_t>(std::max<std::int64_t>(link.born, 0));
    if (random_.share() * 100 < table_number(row.at(3)))
      link.spike = first + random_.below(days - first);
    out_.world.links.push_back(link);

    Link made;
    const std::size_t campaigns = std::size(kOccasions) * std::size(kGoods);
    const std::string_view occasion = kOccasions[at % std::size(kOccasions)];
    const std::string_view goods = kGoods[at / std::size(kOccasions) % std::size(kGoods)];
    made.prefix = fmt::format("{}-{}", occasion, goods);
    made.token = fmt::format("{}-{}", kind, at / campaigns + 1);
    made.destination = fmt::format("https://www.fernandbrook.example/{}?from={}", goods, kind);
    made.title = fmt::format("{} {}: {} {}", occasion, goods, kind, at / campaigns + 1);
    made.campaign = made.prefix;
    made.utm.source = or_none(row.at(4));
    made.utm.medium = or_none(row.at(5));
    made.tags = {std::string(row.at(6)), std::string(goods)};
    made.created_at = options_.from + link.born * kMillisPerDay;
    out_.links.push_back(std::move(made));
    out_.link_kinds.push_back(kind);
  }

  const CrowdSceneOptions options_;
  const CountryOf& country_of_;
  SplitMix64 random_;
  CrowdScene out_;
};

}  // namespace

std::vector<const WayIn*> CrowdScene::ways_to(std::size_t link) const {
  std::vector<const WayIn*> out;
  for (const WayIn& way : ways)
    if (way.link_kind == link_kinds[link]) out.push_back(&way);
  return out;
}

std::uint32_t CrowdScene::kind_named(std::string_view kind) const {
  const auto found = std::ranges::find(kinds, kind);
  CHECK(found != kinds.end());
  return static_cast<std::uint32_t>(found - kinds.begin());
}

const CrowdPlace& CrowdScene::place_of(std::uint32_t kind) const {
  const bool program =
      std::ranges::find(world.programs, kind, &CrowdProgram::kind) != world.programs.end();
  return program ? places.back() : places.front();
}

CrowdScene make_crowd_scene(const CrowdSceneOptions& options, const CountryOf& country_of) {
  CHECK(options.links > 0 && options.days > 0);
  return SceneMaker(options, country_of).make();
}

HitView crowd_hit(const Link& link, const WayIn* way, const CrowdAgent& agent,
                  const CrowdPlace& place, std::string_view host) {
  HitView hit;
  hit.workspace = link.workspace;
  hit.link = link.id;
  const bool ahead = !agent.purpose.empty();
  if (!link.destination.empty()) hit.outcome = ahead ? Outcome::prefetch : Outcome::redirected;
  if (way != nullptr && way->query == "qr=1") hit.trigger = Trigger::qr;
  hit.is_head = agent.is_head;
  hit.address = place.address;
  hit.domain = host;
  hit.prefix = link.prefix;
  hit.token = link.token;
  if (way != nullptr) {
    hit.query = way->query;
    hit.referrer = way->referrer;
  }
  hit.user_agent = agent.user_agent;
  hit.accept_language = place.accept_language;
  hit.purpose = agent.purpose;
  hit.ch_ua = agent.ch_ua;
  hit.ch_mobile = agent.ch_mobile;
  hit.ch_platform = agent.ch_platform;
  hit.ch_platform_version = agent.ch_platform_version;
  hit.saved.source = link.utm.source;
  hit.saved.medium = link.utm.medium;
  hit.saved.link_campaign = link.campaign;
  return hit;
}

}  // namespace tally
