// SPDX-License-Identifier: Apache-2.0
#include "enrich/referrer.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "enrich/country_ending.h"
#include "enrich/referrer_url.h"
#include "enrich/stored_text.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::array<std::string_view, 9> kClassNames = {
    "none", "search", "social", "messaging", "video", "email", "shopping", "ai", "referral"};

constexpr std::string_view kAppMark = "app:";
constexpr std::string_view kNoPlace = "-";

Result<void> check_name(const TableRow& row, std::string_view name) {
  if (lower(name) == name && stored_text(name) == name) return {};
  return row.refuse("not a name in lower case: " + std::string(name));
}

// A host as referrers are looked up: plain.
Result<void> check_host(const TableRow& row, std::string_view host) {
  if (lower(host) != host) return row.refuse("hosts are written in lower case");
  if (is_host(host) && plain_host(host) == host) return {};
  return row.refuse("not a host as it is stored: " + std::string(host));
}

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

  std::shared_ptr<const RuleTables> tables;  // the names below borrow from it
  Names by_host;                             // "google.*" under "google."
  Names by_app, by_name;
  std::unordered_map<std::string_view, std::vector<Redirector>> redirectors;  // by host
  std::unordered_map<std::string_view, std::string_view> aliases;

  Result<void> fill();
  Result<void> add_site(const TableRow& row);
  Result<void> add_place(const TableRow& row, std::string_view place, const Site& site);
  Result<void> add_redirector(const TableRow& row);
  Result<void> add_aliases(const TableRow& row);
  // What a name or another spelling of one is counted under; "" for neither.
  std::string_view known(std::string_view name) const;
};

// Of everything the first row wins, since an operator's stand before ours.
Result<void> Sites::Impl::fill() {
  TRY_ASSIGN(const auto sites, tables->rows({"referrers"}, 3));
  for (const TableRow& row : sites) TRY(add_site(row));
  TRY_ASSIGN(const auto masks, tables->rows({"redirectors"}, 2));
  for (const TableRow& row : masks) TRY(add_redirector(row));
  TRY_ASSIGN(const auto names, tables->rows({"sources"}, 2));
  for (const TableRow& row : names) TRY(add_aliases(row));
  return {};
}

Result<void> Sites::Impl::add_site(const TableRow& row) {
  const auto kind = parse_kind<SiteClass>(kClassNames, row[0]);
  if (!kind || *kind == SiteClass::none)
    return row.refuse("no class of sites: " + std::string(row[0]));
  const Site site{*kind, row[1]};
  TRY(check_name(row, site.name));
  by_name.emplace(site.name, site);
  if (row[2] == kNoPlace) return {};
  for (const std::string_view place : split(row[2], ' '))
    if (!place.empty()) TRY(add_place(row, place, site));
  return {};
}

Result<void> Sites::Impl::add_place(const TableRow& row, std::string_view place, const Site& site) {
  if (place.starts_with(kAppMark)) {
    const std::string_view package = place.substr(kAppMark.size());
    TRY(check_host(row, package));
    by_app.emplace(package, site);
    return {};
  }
  const bool wild = place.ends_with(".*");
  TRY(check_host(row, place.substr(0, place.size() - (wild ? 2 : 0))));
  by_host.emplace(place.substr(0, place.size() - (wild ? 1 : 0)), site);
  return {};
}

Result<void> Sites::Impl::add_redirector(const TableRow& row) {
  const auto slash = std::min(row[0].find('/'), row[0].size());
  const std::string_view host = row[0].substr(0, slash);
  TRY(check_host(row, host));
  TRY(check_host(row, row[1]));
  redirectors[host].push_back({row[0].substr(slash), row[1]});
  return {};
}

Result<void> Sites::Impl::add_aliases(const TableRow& row) {
  TRY(check_name(row, row[0]));
  aliases.emplace(row[0], row[0]);
  for (const std::string_view alias : split(row[1], ' ')) {
    if (alias.empty()) continue;
    if (lower(alias) != alias) return row.refuse("spellings are written in lower case");
    aliases.emplace(alias, row[0]);
  }
  return {};
}

std::string_view Sites::Impl::known(std::string_view name) const {
  if (const auto alias = aliases.find(name); alias != aliases.end()) return alias->second;
  const auto site = by_name.find(name);
  return site == by_name.end() ? std::string_view() : site->first;
}

Sites::Sites() : impl_(std::make_unique<Impl>()) {
  impl_->tables = std::make_shared<const RuleTables>();
  CHECK(impl_->fill());
}

Sites::Sites(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::shared_ptr<const Sites>> Sites::load(std::shared_ptr<const RuleTables> tables) {
  auto impl = std::make_unique<Impl>();
  impl->tables = std::move(tables);
  TRY(impl->fill());
  return std::shared_ptr<const Sites>(new Sites(std::move(impl)));
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

Sender Sites::sender(std::string_view header) const {
  Sender out;
  auto url = read_referrer_url(header);
  if (!url) return out;
  const std::string_view site = url->app ? std::string_view() : unmask(url->host, url->path);
  const std::string_view host = site.empty() ? std::string_view(url->host) : site;
  out.referrer.site = url->app ? find_app(host) : find(host);
  out.referrer.host = stored_text(host);
  if (site.empty()) out.referrer.path = stored_text(url->path);
  if (!url->app) out.host = std::move(url->host);
  return out;
}

Referrer Sites::read(std::string_view header, std::string_view asked, const HostSet& own) const {
  Sender found = sender(header);
  if (!found.is_own(asked, own)) return std::move(found.referrer);
  Referrer out;
  out.own = true;
  return out;
}

bool Sender::is_own(std::string_view asked, const HostSet& own) const {
  if (host.empty()) return false;
  if (asked.starts_with("www.")) asked.remove_prefix(4);
  return host == asked || own.contains(host) || is_this_machine(host);
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

Source Sites::source(std::string_view source) const {
  std::string name = source_name(source);
  const Site site = named(name);
  return {std::move(name), site};
}

}  // namespace tally
