// SPDX-License-Identifier: Apache-2.0
#include "api/click_csv.h"

#include <fmt/format.h>

#include "model/calendar.h"

namespace tally {
namespace {

std::string_view flag(bool value) { return value ? "true" : "false"; }

std::optional<std::uint64_t> unless_zero(std::uint16_t number) {
  return number == 0 ? std::nullopt : std::optional<std::uint64_t>(number);
}

}  // namespace

void put_csv_names(CsvWriter& csv) {
  for (const std::string_view name : click_names()) csv.plain(name);
  csv.end_row();
}

void put_csv_click(CsvWriter& csv, const Click& click, const ClickIdCodec& ids) {
  csv.plain(ids.encode(click.key));
  csv.plain(format_utc(click.time));
  csv.plain(click.workspace.text());
  csv.plain(click.link.text());
  csv.text(click.domain);
  csv.text(click.prefix);
  csv.text(click.token);
  csv.plain(to_text(click.outcome));
  csv.plain(to_text(click.traffic));
  csv.text(click.reason);
  csv.plain(to_text(click.trigger));
  csv.text(click.variant);
  csv.plain(flag(click.first));
  csv.plain(flag(click.first_ws));
  csv.text(click.country);
  csv.text(click.region);
  csv.text(click.city);
  csv.text(click.language);
  csv.plain(to_text(click.platform));
  csv.plain(to_text(click.device));
  csv.text(click.os);
  csv.text(click.os_version);
  csv.text(click.browser);
  csv.text(click.browser_version);
  csv.plain(flag(click.in_app));
  csv.number(unless_zero(click.screen_w));
  csv.number(unless_zero(click.screen_h));
  csv.plain(click.dpr == 0 ? std::string() : fmt::format("{}", click.dpr));
  csv.plain(to_text(click.screen_source));
  csv.text(click.referrer_host);
  csv.text(click.referrer_path);
  csv.text(click.channel);
  csv.text(click.source);
  csv.text(click.medium);
  csv.text(click.campaign);
  csv.text(click.content);
  csv.text(click.term);
  csv.text(click.src);
  csv.text(click.ad_click);
  csv.text(click.user_agent);
  csv.plain(click.ip.text());
  csv.plain(flag(click.imported));
  csv.end_row();
}

}  // namespace tally
