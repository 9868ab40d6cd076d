// SPDX-License-Identifier: Apache-2.0
#include "api/link_figures.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace tally {
namespace {

bool chooses_links(const Filter& filter) {
  return filter.by == Dimension::link || filter.by == Dimension::campaign ||
         filter.by == Dimension::channel;
}

// What of a link a filter may ask for.
struct LinkLabels {
  std::string campaign, channel;
};

// The filters of a question, ready to be asked of thousands of links.
class LinkChoice {
 public:
  explicit LinkChoice(const StatsQuery& query) {
    for (const Filter& filter : query.filters)
      wanted_.push_back({filter.by, filter.none_of, {filter.values.begin(), filter.values.end()}});
  }
  bool needs_labels() const {
    return std::ranges::any_of(wanted_, [](const Wanted& w) { return w.by != Dimension::link; });
  }
  bool takes(LinkId id, const LinkLabels& labels) const {
    return std::ranges::all_of(wanted_, [&](const Wanted& wanted) {
      const std::string value = wanted.by == Dimension::link       ? id.text()
                                : wanted.by == Dimension::campaign ? labels.campaign
                                                                   : labels.channel;
      return wanted.values.contains(value) != wanted.none_of;
    });
  }

 private:
  struct Wanted {
    Dimension by;
    bool none_of;
    std::unordered_set<std::string> values;
  };
  std::vector<Wanted> wanted_;
};

using Labelled = std::unordered_map<LinkId, LinkLabels>;

Result<Labelled> labels_of(Api& api, WorkspaceId workspace, const std::vector<FigureSum>& sums) {
  std::vector<LinkId> ids;
  for (const FigureSum& sum : sums) ids.push_back(sum.link);
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  TRY_ASSIGN(const auto links, api.deps.links.find(workspace, ids));
  Labelled out;
  for (const Link& link : links)
    out[link.id] = {link.utm.campaign.empty() ? link.campaign : link.utm.campaign, link.channel};
  return out;
}

void add(std::optional<std::int64_t>& total, std::int64_t value) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(total.value_or(0), value, &sum))
    sum = std::numeric_limits<std::int64_t>::max();
  total = sum;
}

}  // namespace

Result<std::optional<DayRange>> figure_days(const Asked& asked, const Workspace& workspace) {
  if (!std::ranges::all_of(asked.query.filters, chooses_links)) return std::nullopt;
  TRY_ASSIGN(const TimeZone zone, TimeZone::load(workspace.time_zone));
  if (asked.question.range == "all")
    return DayRange{Day(), day_of(asked.now, zone) + std::chrono::days(1)};
  return whole_days(asked.query.range, asked.now, zone);
}

Result<std::vector<LinkFigure>> link_figures(Api& api, const StatsQuery& query, DayRange days,
                                             std::chrono::days period, bool by_channel) {
  const LinkChoice choice(query);
  const bool labels_needed = by_channel || choice.needs_labels();
  std::vector<LinkFigure> out;
  for (const FigureKind kind : {FigureKind::impressions, FigureKind::costs}) {
    TRY_ASSIGN(const auto sums, api.deps.figures.sums(query.workspace, kind, days, period));
    Labelled labelled;
    if (labels_needed) {
      TRY_ASSIGN(labelled, labels_of(api, query.workspace, sums));
    }
    for (const FigureSum& sum : sums) {
      const auto found = labelled.find(sum.link);
      const LinkLabels labels = found == labelled.end() ? LinkLabels() : found->second;
      if (choice.takes(sum.link, labels))
        out.push_back({kind, labels.channel, sum.period, sum.value});
    }
  }
  return out;
}

Result<Rates> rates_of(Api& api, const Asked& asked, const Workspace& workspace,
                       const Summary& clicks) {
  Rates out;
  TRY_ASSIGN(const auto days, figure_days(asked, workspace));
  if (!days) return out;
  TRY_ASSIGN(const auto figures, link_figures(api, asked.query, *days, days->length(), false));
  out.figures = total_of(figures);
  out.clicks = clicks.human_clicks;
  return out;
}

void add_to(Figures& total, const LinkFigure& figure) {
  add(figure.kind == FigureKind::impressions ? total.impressions : total.cost, figure.value);
}

Figures total_of(std::span<const LinkFigure> figures) {
  Figures out;
  for (const LinkFigure& figure : figures) add_to(out, figure);
  return out;
}

}  // namespace tally
