// SPDX-License-Identifier: Apache-2.0
#include "enrich/referrer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/check.h"
#include "base/text.h"
#include "enrich/stored_text.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::array<std::string_view, 8> kClassNames = {"none",  "search",   "social", "video",
                                                         "email", "shopping", "ai",     "referral"};

// Hosts are at most 253 bytes in DNS; a little more is kept for what is not quite one.
constexpr std::size_t kHostCap = 255;

// "com", "de", "co.uk", "com.br": what may follow google. in google.*
bool is_country_ending(std::string_view text) {
  const auto dot = text.find('.');
  const auto letters = [](std::string_view part, std::size_t most) {
    return part.size() >= 2 && part.size() <= most && std::ranges::all_of(part, is_alpha);
  };
  if (dot == std::string_view::npos) return letters(text, 3);
  return letters(text.substr(0, dot), 3) && letters(text.substr(dot + 1), 2);
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" ||
         host == "0.0.0.0" ||
         (host.starts_with("127.") &&
          host.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::string_view without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  if (colon == std::string_view::npos || host.ends_with(']')) return host;
  const bool number = std::ranges::all_of(host.substr(colon + 1), is_digit);
  return number ? host.substr(0, colon) : host;
}

// A host's bytes as browsers send them: letters, digits, a few signs, and whatever is not ASCII.
bool is_host(std::string_view host) {
  constexpr std::string_view kSigns = "-._[]:";
  return !host.empty() && host.size() <= kHostCap && std::ranges::all_of(host, [&](char c) {
    return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
           kSigns.find(c) != std::string_view::npos;
  });
}

struct Parts {
  std::string host;
  std::string_view path;
};

// Host and path of a URL in the schemes that send people; nothing for anything else.
std::optional<Parts> split_url(std::string_view url) {
  url = trim(url);
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower(url.substr(0, std::min<std::size_t>(colon, 16)));
  const bool app = scheme == "android-app" || scheme == "ios-app";
  if (!app && scheme != "http" && scheme != "https") return std::nullopt;
  url.remove_prefix(colon + 3);
  url = url.substr(0, url.find_first_of("?#"));
  const auto slash = url.find('/');
  std::string_view authority = url.substr(0, slash);
  const auto at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);
  authority = without_port(authority);
  if (authority.size() > kHostCap) return std::nullopt;
  Parts out{lower(authority),
            slash == std::string_view::npos ? std::string_view() : url.substr(slash)};
  while (out.host.ends_with('.')) out.host.pop_back();
  if (out.host.starts_with("www.") && out.host.size() > 4) out.host.erase(0, 4);
  if (!is_host(out.host)) return std::nullopt;
  return out;
}

}  // namespace

struct Sites::Impl {
  Result<void> fill();

  std::shared_ptr<const RuleTables> tables;            // the names below borrow from it
  std::unordered_map<std::string_view, Site> by_host;  // "google.*" under "google."
  std::unordered_map<std::string_view, Site> by_name;
  std::unordered_map<std::string_view, std::string_view> redirectors;
  std::unordered_map<std::string_view, std::string_view> aliases;
};

Result<void> Sites::Impl::fill() {
  TRY_ASSIGN(const auto sites, tables->rows({"referrers"}, 3));
  for (const TableRow& row : sites) {
    const auto kind = parse_kind<SiteClass>(kClassNames, row[0]);
    if (!kind) return row.refuse("no class of sites: " + std::string(row[0]));
    const Site site{*kind, row[1]};
    by_name.emplace(row[1], site);
    for (std::string_view host : split(row[2], ' ')) {
      if (host.empty()) continue;
      if (lower(host) != host) return row.refuse("hosts are written in lower case");
      if (host.ends_with('*')) host.remove_suffix(1);
      by_host.emplace(host, site);
    }
  }
  TRY_ASSIGN(const auto masks, tables->rows({"redirectors"}, 2));
  for (const TableRow& row : masks) redirectors.emplace(row[0], row[1]);
  TRY_ASSIGN(const auto names, tables->rows({"sources"}, 2));
  for (const TableRow& row : names) {
    for (const std::string_view alias : split(row[1], ' '))
      if (!alias.empty()) aliases.emplace(alias, row[0]);
  }
  return {};
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
  for (;;) {
    if (const auto exact = impl_->by_host.find(host); exact != impl_->by_host.end())
      return exact->second;
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return {};
    if (is_country_ending(host.substr(dot + 1))) {
      const auto wild = impl_->by_host.find(host.substr(0, dot + 1));
      if (wild != impl_->by_host.end()) return wild->second;
    }
    host.remove_prefix(dot + 1);
  }
}

Site Sites::named(std::string_view name) const {
  const auto found = impl_->by_name.find(name);
  return found == impl_->by_name.end() ? find(name) : found->second;
}

std::string_view Sites::unmask(std::string_view host) const {
  for (std::string_view rest = host;;) {
    if (const auto found = impl_->redirectors.find(rest); found != impl_->redirectors.end())
      return found->second;
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos) return host;
    rest.remove_prefix(dot + 1);
  }
}

Referrer Sites::read(std::string_view header, std::string_view asked,
                     std::span<const std::string> own) const {
  Referrer out;
  auto parts = split_url(header);
  if (!parts) return out;
  const std::string_view plain_asked = asked.starts_with("www.") ? asked.substr(4) : asked;
  const bool ours = (!plain_asked.empty() && parts->host == plain_asked) ||
                    std::ranges::find(own, parts->host) != own.end();
  if (ours || is_this_machine(parts->host)) {
    out.own = true;
    return out;
  }
  const std::string_view site = unmask(parts->host);
  const bool masked = site.data() != parts->host.data();
  out.site = find(site);
  out.path = masked ? std::string() : stored_text(parts->path);
  out.host = stored_text(site);
  return out;
}

std::string Sites::source_name(std::string_view source) const {
  std::string key = lower(source.substr(0, kStoredTextCap));
  if (key.ends_with(".com")) key.resize(key.size() - 4);
  if (key.starts_with("www.")) key.erase(0, 4);
  if (const auto alias = impl_->aliases.find(key); alias != impl_->aliases.end())
    return std::string(alias->second);
  if (impl_->by_name.contains(key)) return key;
  return stored_text(source);
}

}  // namespace tally
