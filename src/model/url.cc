// SPDX-License-Identifier: Apache-2.0
#include "model/url.h"

#include <idn2.h>
#include <boost/url/host_type.hpp>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <memory>
#include <optional>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxUrl = 2048;
constexpr std::size_t kMaxHost = 253;
constexpr std::size_t kMaxHostLabel = 63;
constexpr std::size_t kMaxScheme = 64;
constexpr char kHex[] = "0123456789ABCDEF";

// They run or show something in the page or on the machine of whoever follows the link.
constexpr std::array<std::string_view, 14> kForbiddenSchemes = {
    "javascript", "data", "vbscript", "livescript", "file", "filesystem",  "about",
    "blob",       "jar",  "mhtml",    "chrome",     "ws",   "view-source", "wss"};

bool has_control(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_scheme(std::string_view text) {
  return !text.empty() && text.size() <= kMaxScheme && is_alpha(text[0]) &&
         std::ranges::all_of(
             text, [](char c) { return is_alnum(c) || c == '+' || c == '-' || c == '.'; });
}

// "https" of "HTTPS://…"; "" when the text does not begin with a scheme.
std::string scheme_of(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == std::string_view::npos || !is_scheme(url.substr(0, colon))) return {};
  return lower(url.substr(0, colon));
}

bool is_web(std::string_view scheme) { return scheme == "http" || scheme == "https"; }

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out.push_back('%');
  out.push_back(kHex[byte >> 4]);
  out.push_back(kHex[byte & 15]);
}

std::optional<std::string> to_idna(const std::string& host) {
  char* ascii = nullptr;
  if (idn2_to_ascii_8z(host.c_str(), &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
    return std::nullopt;
  const std::unique_ptr<char, decltype(&idn2_free)> owned(ascii, &idn2_free);
  return std::string(owned.get());
}

// Without the dot that may stand for the root of all names.
std::string_view without_root(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

// At most 253 bytes of labels of 1 to 63 letters, digits, '-' and '_', with one dot between them. A
// last label of digits makes it a badly written IPv4 address (WHATWG URL, "ends in a number").
bool is_host_name(std::string_view name) {
  if (name.size() > kMaxHost) return false;
  const auto labels = split(name, '.');
  for (const std::string_view label : labels) {
    const bool plain =
        std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
    if (label.empty() || label.size() > kMaxHostLabel || !plain) return false;
  }
  const std::string last = lower(labels.back());
  return !std::ranges::all_of(last, is_digit) && !last.starts_with("0x");
}

// The host of a URL as Host fields carry it: without escapes, in lower case, and in other than
// ASCII letters as IDNA 2008 writes it (RFC 5891). Nothing when it is no name, or has no such form.
std::optional<std::string> wire_host(std::string_view host) {
  auto name = percent_decode(host);
  if (!name || name->contains('\0')) return std::nullopt;
  name = lower(*name);
  if (!is_ascii(*name)) name = to_idna(*name);
  if (!name || !is_host_name(without_root(*name))) return std::nullopt;
  return name;
}

// The web URL with scheme and host in the one form that goes over the wire. A host without such a
// form stays: validate_web_url() refuses it unless it is an address. Other URLs stay as they are:
// apps read them in their own ways.
std::string with_wire_host(std::string_view url) {
  const std::string scheme = scheme_of(url);
  if (!is_web(scheme) || !url.substr(scheme.size()).starts_with("://")) return std::string(url);
  const auto start = scheme.size() + 3;
  const auto end = std::min(url.find_first_of(":/?#", start), url.size());
  const std::string_view host = url.substr(start, end - start);
  return scheme + "://" + wire_host(host).value_or(std::string(host)) +
         std::string(url.substr(end));
}

constexpr std::array<bool, 256> kStandsInUrl = [] {
  std::array<bool, 256> out{};
  for (int c = 0; c < 256; ++c) out[static_cast<std::size_t>(c)] = is_alnum(static_cast<char>(c));
  for (const char c : std::string_view("-._~:/?#[]@!$&'()*+,;="))
    out[static_cast<unsigned char>(c)] = true;
  return out;
}();
bool stands_in_url(char c) { return kStandsInUrl[static_cast<unsigned char>(c)]; }

bool is_plain_in_host(char c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.';
}

// Whether the URL is in its final form as it is, told in one pass: most are, and the edge's table
// asks for a million of them. Says no when it would have to look closer.
bool is_location(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
  std::size_t at = url[4] == 's' ? 8 : 7;
  for (; at < url.size() && is_plain_in_host(url[at]); ++at) {
  }
  if (at < url.size() && url[at] != '/' && url[at] != ':' && url[at] != '?' && url[at] != '#')
    return false;
  return std::ranges::all_of(url.substr(at), stands_in_url);
}

// Boost.URL ends a host after four numbers: of "http://1.2.3.4.example/" it sees only the address.
// So what it calls the authority must be all that stands between the slashes.
bool has_whole_authority(const boost::urls::url_view& parsed, std::string_view url) {
  const std::size_t start = url.find("://") + 3;
  const std::string_view authority = url.substr(start, url.find_first_of("/?#", start) - start);
  return parsed.encoded_authority() == authority;
}

// The placeholder that begins at `at`, "" when none does.
std::string_view placeholder_at(std::string_view url, std::size_t at) {
  for (const std::string_view name : {kTokenPlaceholder, kClickIdPlaceholder})
    if (url.substr(at).starts_with(name)) return name;
  return {};
}

std::size_t first_placeholder(std::string_view url) {
  return std::min(url.find(kTokenPlaceholder), url.find(kClickIdPlaceholder));
}

// For looking at a URL as if its placeholders were filled in.
std::string filled_in(std::string_view url) {
  if (!url.contains('{')) return std::string(url);
  std::string out;
  for (std::size_t at = 0; at < url.size();) {
    const std::string_view name = placeholder_at(url, at);
    out.push_back(name.empty() ? url[at] : 'x');
    at += name.empty() ? 1 : name.size();
  }
  return out;
}

Result<void> check_placeholders(std::string_view url, std::string_view field, bool web,
                                Placeholders allowed) {
  const auto refuse = [&](std::string message) {
    return fail_field(std::string(field), "bad_placeholder", std::move(message));
  };
  const auto first = first_placeholder(url);
  if (first == std::string_view::npos) return {};
  if (url.contains(kTokenPlaceholder) && allowed != Placeholders::click_id_and_token)
    return refuse("'{token}' means something only in a link whose token is ':token'");
  if (url.contains(kClickIdPlaceholder) && allowed == Placeholders::none)
    return refuse("'{click_id}' means nothing here");
  const auto slashes = url.find("://");
  const auto open = web ? url.find_first_of("/?#", slashes + 3) : url.find(':');
  if (first < open) return refuse("a placeholder must not be part of the host");
  return {};
}

Result<void> check_bytes(std::string_view url, std::string_view field) {
  const auto refuse = [&](std::string slug, std::string message) {
    return fail_field(std::string(field), std::move(slug), std::move(message));
  };
  if (url.empty()) return refuse("required", "a URL is needed");
  if (url.size() > kMaxUrl) return refuse("too_long", "must be at most 2048 bytes");
  if (!is_utf8(url)) return refuse("not_utf8", "must be UTF-8");
  if (has_control(url)) return refuse("control_character", "must not contain control characters");
  return {};
}

}  // namespace

Result<void> validate_web_url(std::string_view url, std::string_view field, Placeholders allowed) {
  const auto refuse = [&](std::string slug, std::string message) {
    return fail_field(std::string(field), std::move(slug), std::move(message));
  };
  TRY(check_bytes(url, field));
  const std::string encoded = encode_location(filled_in(url));
  const auto parsed = boost::urls::parse_uri(encoded);
  if (!parsed) return refuse("bad_url", "is not an absolute URL, like https://example.com/page");
  if (!is_web(scheme_of(encoded)))
    return refuse("bad_scheme", "must begin with https:// or http://");
  if (!parsed->has_authority() || parsed->encoded_host().empty())
    return refuse("no_host", "must name a host");
  if (parsed->host_type() == boost::urls::host_type::name &&
      !is_host_name(without_root(parsed->host())))
    return refuse("bad_host", "must name a host that can exist");
  if (parsed->has_userinfo())
    return refuse("credentials", "must not carry a user name or password");
  if (parsed->has_port()) {
    const auto port = parse_number<unsigned>(std::string_view(parsed->port()));
    if (!port || *port == 0 || *port > 65535)
      return refuse("bad_port", "must have a port between 1 and 65535");
  }
  if (!has_whole_authority(*parsed, encoded))
    return refuse("bad_host", "must name a host that can exist");
  return check_placeholders(url, field, true, allowed);
}

Result<void> validate_app_url(std::string_view url, std::string_view field,
                              std::span<const std::string> schemes, Placeholders allowed) {
  const std::string scheme = scheme_of(url);
  if (scheme.empty() || is_web(scheme)) return validate_web_url(url, field, allowed);
  TRY(check_bytes(url, field));
  if (std::ranges::find(kForbiddenSchemes, scheme) != kForbiddenSchemes.end() ||
      std::ranges::find(schemes, scheme) == schemes.end())
    return fail_field(std::string(field), "bad_scheme",
                      "'" + scheme + "' is not among the app schemes that may be used");
  if (!boost::urls::parse_uri(encode_location(filled_in(url))))
    return fail_field(std::string(field), "bad_url", "is not an absolute URL, like myapp://page");
  return check_placeholders(url, field, false, allowed);
}

Result<std::vector<std::string>> parse_app_schemes(std::string_view text) {
  std::vector<std::string> out;
  if (trim(text).empty()) return out;
  for (const std::string_view part : split(text, ',')) {
    const std::string scheme = lower(trim(part));
    if (!is_scheme(scheme))
      return fail(ErrorCode::invalid, "'" + scheme + "' is not a scheme", "write it like myapp");
    if (is_web(scheme) || std::ranges::find(kForbiddenSchemes, scheme) != kForbiddenSchemes.end())
      return fail(ErrorCode::invalid, "'" + scheme + "' cannot be an app's scheme");
    out.push_back(scheme);
  }
  return out;
}

std::span<const std::string> store_schemes() {
  static const std::array<std::string, 4> schemes = {"itms-apps", "itms-appss", "itms", "market"};
  return schemes;
}

std::string encode_location(std::string_view given) {
  if (is_location(given)) return std::string(given);
  const std::string wire = with_wire_host(given);
  const std::string_view url = wire;
  std::string out;
  out.reserve(url.size());
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    if (const auto name = c == '{' ? placeholder_at(url, i) : std::string_view(); !name.empty()) {
      out += name;
      i += name.size() - 1;
      continue;
    }
    const bool escape = c == '%' && percent_decode(url.substr(i, 3)).has_value();
    if (stands_in_url(c) || escape) {
      out.push_back(c);
    } else {
      append_escaped(out, c);
    }
  }
  return out;
}

Result<std::string> canonical_host(std::string_view text, std::string_view field) {
  const std::unexpected<Error> bad =
      fail_field(std::string(field), "bad_host", "must be a host name, like go.example.com");
  if (text.empty()) return fail_field(std::string(field), "required", "a host name is needed");
  if (text.size() > kMaxUrl || !is_utf8(text) || has_control(text)) return bad;
  std::string host = lower(text);
  if (!is_ascii(host)) {
    auto ascii = to_idna(host);
    if (!ascii) return bad;
    host = std::move(*ascii);
  }
  host = without_root(host);
  const bool plain = std::ranges::all_of(split(host, '.'), [](std::string_view label) {
    return !label.starts_with('-') && !label.ends_with('-') && !label.contains('_');
  });
  if (!plain || !is_host_name(host)) return bad;
  if (!host.contains('.') && host != "localhost") return bad;
  // A name that begins like an address: no URL that is accepted could lead there.
  if (!validate_web_url("http://" + host, field)) return bad;
  return host;
}

OwnHosts::Authority OwnHosts::authority_of(std::string_view url) {
  const std::string encoded = encode_location(filled_in(url));
  const auto parsed = boost::urls::parse_uri(encoded);
  if (!parsed || !parsed->has_authority()) return {};
  Authority out{lower(std::string(parsed->host())), std::string(parsed->port())};
  if (const auto port = parse_number<unsigned>(out.port)) out.port = std::to_string(*port);
  if (parsed->host_type() == boost::urls::host_type::ipv6)
    out.host = parsed->host_ipv6_address().to_string();
  out.host = without_root(out.host);
  // Both usual ports are one place here: plain http tends to be sent on to https.
  if (out.port == "80" || out.port == "443") out.port.clear();
  return out;
}

OwnHosts::OwnHosts(std::string_view base_url) : places_{authority_of(base_url)} {}

void OwnHosts::add(std::string_view host) {
  places_.push_back({std::string(host), {}});
  if (const std::string& port = places_.front().port; !port.empty())
    places_.push_back({std::string(host), port});
}

std::string OwnHosts::host_of(std::string_view url) {
  return is_web(scheme_of(url)) ? authority_of(url).host : std::string();
}

bool OwnHosts::own(std::string_view url) const {
  if (!is_web(scheme_of(url))) return false;
  return std::ranges::find(places_, authority_of(url)) != places_.end();
}

std::string base_url_of(std::string_view base_url, std::string_view domain) {
  if (domain.empty()) return std::string(base_url);
  const auto host = base_url.find("://") + 3;
  const std::string_view authority =
      base_url.substr(host, base_url.find_first_of("/?#", host) - host);
  const auto colon = authority.rfind(':');
  const bool has_port = colon != std::string_view::npos && !authority.substr(colon).contains(']');
  const std::string_view port = has_port ? authority.substr(colon) : std::string_view();
  return std::string(base_url.substr(0, host)) + std::string(domain) + std::string(port);
}

}  // namespace tally
