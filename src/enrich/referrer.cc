// SPDX-License-Identifier: Apache-2.0
#include "enrich/referrer.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "enrich/country_ending.h"
#include "enrich/referrer_url.h"
#include "enrich/stored_text.h"
#include "enrich/table.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::string_view kSites =
#include "enrich/data/referrers.inc"
    ;
constexpr std::string_view kRedirectors =
#include "enrich/data/redirectors.inc"
    ;
constexpr std::string_view kSources =
#include "enrich/data/sources.inc"
    ;

constexpr std::array<std::string_view, 9> kClassNames = {
    "none", "search", "social", "messaging", "video", "email", "shopping", "ai", "referral"};

constexpr std::string_view kAppMark = "app:";

bool begins_with_path(std::string_view path, std::string_view start) {
  return path.starts_with(start) && (path.size() == start.size() || path[start.size()] == '/');
}

}  // namespace

std::string_view to_text(SiteClass kind) { return kClassNames[static_cast<std::size_t>(kind)]; }

struct Sites::Impl {
  struct Redirector {
    std::string_view path, site;  // "" for every path
  };
  using Names = std::unordered_map<std::string_view, Site>;

  Names by_host;  // "google.*" under "google."
  Names by_app, by_name;
  std::unordered_map<std::string_view, std::vector<Redirector>> redirectors;  // by host
  std::unordered_map<std::string_view, std::string_view> aliases;

  void add_site(std::string_view place, const Site& site);
  // What a name or another spelling of one is counted under; "" for neither.
  std::string_view known(std::string_view name) const;
};

void Sites::Impl::add_site(std::string_view place, const Site& site) {
  if (place.starts_with(kAppMark)) {
    by_app.emplace(place.substr(kAppMark.size()), site);
    return;
  }
  if (place.ends_with('*')) place.remove_suffix(1);
  by_host.emplace(place, site);
}

std::string_view Sites::Impl::known(std::string_view name) const {
  if (const auto alias = aliases.find(name); alias != aliases.end()) return alias->second;
  const auto site = by_name.find(name);
  return site == by_name.end() ? std::string_view() : site->first;
}

Sites::Sites() : impl_(std::make_unique<Impl>()) {
  for (const auto& row : read_table(kSites, 2)) {
    const auto kind = parse_kind<SiteClass>(kClassNames, row[0]);
    CHECK(row.size() == 2 && kind);
    const auto words = split(row[1], ' ');
    const Site site{*kind, words[0]};
    impl_->by_name.emplace(site.name, site);
    for (const std::string_view place : std::span(words).subspan(1))
      if (!place.empty()) impl_->add_site(place, site);
  }
  for (const auto& row : read_table(kRedirectors, 2)) {
    const auto slash = std::min(row[0].find('/'), row[0].size());
    impl_->redirectors[row[0].substr(0, slash)].push_back({row[0].substr(slash), row[1]});
  }
  for (const auto& row : read_table(kSources, 2)) {
    impl_->aliases.emplace(row[0], row[0]);
    for (const std::string_view alias : split(row[1], ' '))
      if (!alias.empty()) impl_->aliases.emplace(alias, row[0]);
  }
}
Sites::Sites(Sites&&) noexcept = default;
Sites::~Sites() = default;

Site Sites::find(std::string_view host) const {
  const Impl::Names& names = impl_->by_host;
  const auto ending = country_ending(host);
  for (std::size_t begin = 0;;) {
    if (const auto exact = names.find(host.substr(begin)); exact != names.end())
      return exact->second;
    if (ending != std::string_view::npos && begin < ending) {
      const auto wild = names.find(host.substr(begin, ending - begin));
      if (wild != names.end()) return wild->second;
    }
    const auto dot = host.find('.', begin);
    if (dot == std::string_view::npos) return {};
    begin = dot + 1;
  }
}

Site Sites::find_app(std::string_view package) const {
  for (;;) {
    if (const auto found = impl_->by_app.find(package); found != impl_->by_app.end())
      return found->second;
    const auto dot = package.rfind('.');
    if (dot == std::string_view::npos) return {};
    package = package.substr(0, dot);
  }
}

Site Sites::named(std::string_view name) const {
  const auto found = impl_->by_name.find(name);
  return found == impl_->by_name.end() ? Site() : found->second;
}

std::string_view Sites::unmask(std::string_view host, std::string_view path) const {
  for (;;) {
    if (const auto found = impl_->redirectors.find(host); found != impl_->redirectors.end()) {
      for (const auto& redirector : found->second)
        if (begins_with_path(path, redirector.path)) return redirector.site;
    }
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return {};
    host.remove_prefix(dot + 1);
  }
}

Referrer Sites::read(std::string_view header, std::string_view asked, const OwnHosts& own) const {
  Referrer out;
  const auto url = read_referrer_url(header);
  if (!url) return out;
  if (url->app) {
    out.site = find_app(url->host);
    out.host = stored_text(url->host);
    out.path = stored_text(url->path);
    return out;
  }
  if (asked.starts_with("www.")) asked.remove_prefix(4);
  if (url->host == asked || own.contains(url->host) || is_this_machine(url->host)) {
    out.own = true;
    return out;
  }
  const std::string_view site = unmask(url->host, url->path);
  out.site = find(site.empty() ? url->host : site);
  out.host = stored_text(site.empty() ? url->host : site);
  if (site.empty()) out.path = stored_text(url->path);
  return out;
}

std::string Sites::source_name(std::string_view source) const {
  std::string key = lower(source.substr(0, kStoredTextCap));
  std::string_view name = impl_->known(key);
  if (name.empty() && key.find('.') != std::string::npos) {
    std::string_view host = key;
    if (host.starts_with("www.")) host.remove_prefix(4);
    const std::string_view site = unmask(host, {});
    name = find(site.empty() ? host : site).name;
    if (name.empty() && host.ends_with(".com"))
      name = impl_->known(host.substr(0, host.size() - 4));
  }
  if (name.empty()) {
    for (char& c : key)
      if (c == '-' || c == ' ') c = '_';
    name = impl_->known(key);
  }
  return name.empty() ? stored_text(source) : std::string(name);
}

}  // namespace tally
