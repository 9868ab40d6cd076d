// SPDX-License-Identifier: Apache-2.0
#include "model/link.h"

#include <idn2.h>
#include <boost/url/host_type.hpp>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <memory>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxPrefix = 64;
constexpr std::size_t kMaxToken = 255;
constexpr std::size_t kMaxUrl = 2048;
constexpr std::size_t kMaxTitle = 500;
constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxTag = 100;
constexpr std::size_t kMaxLabel = 255;
constexpr std::array<std::string_view, 4> kReserved = {"_t", ".well-known", "robots.txt",
                                                       "favicon.ico"};
constexpr char kHex[] = "0123456789ABCDEF";

bool has_control(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out.push_back('%');
  out.push_back(kHex[byte >> 4]);
  out.push_back(kHex[byte & 15]);
}

// The URL with scheme and host in the one form that goes over the wire: lower case, and a host in
// other than ASCII letters as IDNA 2008 writes it (RFC 5891). A host that has no such form stays.
std::string with_wire_host(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const auto start = scheme + 3;
  const auto end = std::min(url.find_first_of(":/?#", start), url.size());
  std::string host = lower(url.substr(start, end - start));
  char* ascii = nullptr;
  if (std::ranges::any_of(host, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) &&
      idn2_to_ascii_8z(host.c_str(), &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) == IDN2_OK) {
    const std::unique_ptr<char, decltype(&idn2_free)> owned(ascii, &idn2_free);
    host = owned.get();
  }
  return lower(url.substr(0, start)) + host + std::string(url.substr(end));
}

Result<void> validate_label(std::string_view text, std::string_view field, std::size_t limit) {
  if (text.size() > limit)
    return fail_field(std::string(field), "too_long",
                      "must be at most " + std::to_string(limit) + " bytes");
  if (!is_utf8(text)) return fail_field(std::string(field), "not_utf8", "must be UTF-8");
  if (has_control(text))
    return fail_field(std::string(field), "control_character",
                      "must not contain control characters");
  return {};
}

// Labels of letters, digits, '-' and '_', or of another script, with one dot between them.
bool is_host_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  for (const std::string_view label : split(name, '.')) {
    const bool plain = std::ranges::all_of(label, [](char c) {
      return is_alnum(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    });
    if (label.empty() || !plain) return false;
  }
  return true;
}

}  // namespace

bool is_reserved_prefix(std::string_view prefix) {
  return std::ranges::find(kReserved, prefix) != kReserved.end();
}

Result<void> validate_prefix(std::string_view prefix) {
  const auto allowed = [](char c) { return is_alnum(c) || c == '_' || c == '-'; };
  if (prefix.empty()) return fail_field("prefix", "required", "a prefix is needed");
  if (prefix.size() > kMaxPrefix)
    return fail_field("prefix", "too_long", "must be at most 64 characters");
  if (is_reserved_prefix(prefix))
    return fail_field("prefix", "reserved", "this name is reserved: choose another");
  if (!std::ranges::all_of(prefix, allowed))
    return fail_field("prefix", "bad_slug", "may hold only letters, digits, '_' and '-'");
  return {};
}

Result<void> validate_token(std::string_view token) {
  TRY(validate_label(token, "token", kMaxToken));
  if (token.contains('/')) return fail_field("token", "bad_slug", "must not contain '/'");
  if (token == "." || token == "..")
    return fail_field("token", "bad_slug", "must not be '.' or '..'");
  return {};
}

Result<void> validate_web_url(std::string_view url, std::string_view field) {
  const auto refuse = [&](std::string slug, std::string message) {
    return fail_field(std::string(field), std::move(slug), std::move(message));
  };
  if (url.empty()) return refuse("required", "a URL is needed");
  if (url.size() > kMaxUrl) return refuse("too_long", "must be at most 2048 bytes");
  if (!is_utf8(url)) return refuse("not_utf8", "must be UTF-8");
  if (has_control(url)) return refuse("control_character", "must not contain control characters");
  const std::string encoded = encode_location(url);
  const auto parsed = boost::urls::parse_uri(encoded);
  if (!parsed) return refuse("bad_url", "is not an absolute URL, like https://example.com/page");
  const auto scheme = parsed->scheme_id();
  if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https)
    return refuse("bad_scheme", "must begin with https:// or http://");
  if (!parsed->has_authority() || parsed->encoded_host().empty())
    return refuse("no_host", "must name a host");
  if (parsed->host_type() == boost::urls::host_type::name && !is_host_name(parsed->host()))
    return refuse("bad_host", "must name a host that can exist");
  if (parsed->has_userinfo())
    return refuse("credentials", "must not carry a user name or password");
  if (parsed->has_port()) {
    const auto port = parse_number<unsigned>(std::string_view(parsed->port()));
    if (!port || *port == 0 || *port > 65535)
      return refuse("bad_port", "must have a port between 1 and 65535");
  }
  return {};
}

Result<void> validate(const Link& link) {
  TRY(validate_prefix(link.prefix));
  TRY(validate_token(link.token));
  TRY(validate_web_url(link.destination, "destination"));
  if (!link.fallback_url.empty()) TRY(validate_web_url(link.fallback_url, "fallback_url"));
  TRY(validate_label(link.title, "title", kMaxTitle));
  if (link.tags.size() > kMaxTags) return fail_field("tags", "too_many", "must be at most 50 tags");
  for (const std::string& tag : link.tags) {
    TRY(validate_label(tag, "tags", kMaxTag));
    if (tag.empty()) return fail_field("tags", "required", "a tag must not be empty");
  }
  TRY(validate_label(link.campaign, "campaign", kMaxLabel));
  TRY(validate_label(link.channel, "channel", kMaxLabel));
  TRY(validate_label(link.utm.source, "utm.source", kMaxLabel));
  TRY(validate_label(link.utm.medium, "utm.medium", kMaxLabel));
  TRY(validate_label(link.utm.campaign, "utm.campaign", kMaxLabel));
  TRY(validate_label(link.utm.content, "utm.content", kMaxLabel));
  TRY(validate_label(link.utm.term, "utm.term", kMaxLabel));
  if (link.starts_at && link.expires_at && *link.expires_at <= *link.starts_at)
    return fail_field("expires_at", "before_start", "must be after starts_at");
  return {};
}

std::string encode_location(std::string_view given) {
  constexpr std::string_view kAllowed = "-._~:/?#[]@!$&'()*+,;=";
  const std::string url = with_wire_host(given);
  std::string out;
  out.reserve(url.size());
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    const bool escape = c == '%' && percent_decode(std::string_view(url).substr(i, 3)).has_value();
    if (is_alnum(c) || kAllowed.contains(c) || escape) {
      out.push_back(c);
    } else {
      append_escaped(out, c);
    }
  }
  return out;
}

std::string short_path(const Link& link) {
  std::string out = "/" + link.prefix;
  if (link.token.empty()) return out;
  out.push_back('/');
  for (const char c : link.token) {
    if (is_alnum(c) || std::string_view("-._~!$&'()*,;=:@").contains(c)) {
      out.push_back(c);
    } else {
      append_escaped(out, c);
    }
  }
  return out;
}

}  // namespace tally
