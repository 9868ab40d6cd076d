// SPDX-License-Identifier: Apache-2.0
#include "redirect/responder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/text.h"
#include "redirect/pages.h"

namespace tally {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kPlain = "text/plain; charset=utf-8";
constexpr std::string_view kNoStore = "Cache-Control: private, no-store\r\n";
constexpr std::string_view kFound = "HTTP/1.1 302 Found\r\nDate: ";
constexpr std::string_view kAfterLocation =
    "\r\nCache-Control: private, no-store\r\nContent-Length: 0\r\n";
// Everything may be fetched: preview fetchers obey this file, and links that forbid them get no
// preview.
constexpr std::string_view kRobots = "User-agent: *\nDisallow:\n";

// The headers that a hit carries, found in one pass. A name's length tells most others apart.
void take_headers(const RequestHead& head, HitView& hit) {
  const auto is = equals_ignoring_case;
  for (const auto& [name, value] : head.all_fields()) {
    switch (name.size()) {
      case 3:
        if (is(name, "dnt") && value == "1") hit.wants_privacy = true;
        break;
      case 5:
        if (is(name, "x-moz")) hit.purpose = value;
        break;
      case 7:
        if (is(name, "referer"))
          hit.referrer = value;
        else if (is(name, "sec-gpc") && value == "1")
          hit.wants_privacy = true;
        else if (is(name, "purpose"))
          hit.purpose = value;
        break;
      case 9:
        if (is(name, "sec-ch-ua"))
          hit.ch_ua = value;
        else if (is(name, "x-purpose"))
          hit.purpose = value;
        break;
      case 10:
        if (is(name, "user-agent")) hit.user_agent = value;
        break;
      case 11:
        if (is(name, "sec-purpose")) hit.purpose = value;
        break;
      case 15:
        if (is(name, "accept-language"))
          hit.accept_language = value;
        else if (is(name, "sec-ch-ua-model"))
          hit.ch_model = value;
        break;
      case 16:
        if (is(name, "sec-ch-ua-mobile")) hit.ch_mobile = value;
        break;
      case 18:
        if (is(name, "sec-ch-ua-platform")) hit.ch_platform = value;
        break;
      case 26:
        if (is(name, "sec-ch-ua-platform-version")) hit.ch_platform_version = value;
        break;
      default:
        break;
    }
  }
}

// A browser that only fetches ahead: a redirect now would hide the real click from us later.
bool is_prefetch(std::string_view purpose) {
  return contains_ignoring_case(purpose, "prefetch") || contains_ignoring_case(purpose, "preview");
}

bool has_parameter(std::string_view query, std::string_view wanted) {
  while (!query.empty()) {
    const auto end = query.find('&');
    if (query.substr(0, end) == wanted) return true;
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return false;
}

Outcome decide(const EdgeLink& link, UnixMillis now) {
  if (!link.enabled) return Outcome::disabled;
  if (link.starts_at && now < *link.starts_at) return Outcome::scheduled;
  if (link.expires_at && now >= *link.expires_at) return Outcome::expired;
  return Outcome::redirected;
}

std::string_view without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  if (colon == std::string_view::npos || host.find(']', colon) != std::string_view::npos)
    return host;
  return host.substr(0, colon);
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Bad Request";
  }
}

}  // namespace

void Responder::begin_turn(UnixMillis now) {
  now_ = now;
  if (const std::uint64_t version = live_.version(); version != table_version_) {
    table_ = live_.current();
    table_version_ = version;
  }
}

std::string_view Responder::date() {
  const std::int64_t second = now_ / kMillisPerSecond;
  if (second != date_second_) {
    date_second_ = second;
    date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(static_cast<time_t>(second)));
  }
  return date_;
}

void Responder::end_head(const RequestHead& head, std::string& out) const {
  if (!head.keep_alive)
    out.append("Connection: close\r\n");
  else if (head.is_1_0)
    out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

void Responder::redirect(std::string_view location, const RequestHead& head, std::string& out) {
  out.append(kFound).append(date()).append("\r\nLocation: ").append(location);
  out.append(kAfterLocation);
  end_head(head, out);
}

void Responder::page(std::string_view status_line, std::string_view type, std::string_view body,
                     std::string_view extra, const RequestHead& head, std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "HTTP/1.1 {}\r\nDate: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
                 "X-Content-Type-Options: nosniff\r\n{}",
                 status_line, date(), type, body.size(), extra);
  end_head(head, out);
  if (head.method != "HEAD") out.append(body);
}

void Responder::refuse(int status, std::string_view reason, std::string& out) {
  RequestHead head;
  head.keep_alive = false;
  const std::string line = fmt::format("{} {}", status, reason_phrase(status));
  page(line, kPlain, fmt::format("{}: {}\n", line, reason), "", head, out);
}

Responder::Path Responder::split_path(std::string_view path) {
  Path out;
  if (path.contains('%')) {
    // Split before decoding: an escaped slash is part of a name, and no name may hold one.
    const auto decoded = percent_decode(path);
    if (!decoded) {
      out.good_escapes = false;
      return out;
    }
    out.plausible = std::ranges::count(*decoded, '/') == std::ranges::count(path, '/');
    decoded_path_ = *decoded;
    path = decoded_path_;
  }
  path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  const auto slash = path.find('/');
  out.prefix = path.substr(0, slash);
  if (slash != std::string_view::npos) {
    out.token = path.substr(slash + 1);
    if (out.token.empty() || out.token.contains('/')) out.plausible = false;
  }
  if (out.prefix.empty()) out.plausible = false;
  return out;
}

void Responder::answer_reserved(std::string_view prefix, const RequestHead& head,
                                std::string& out) {
  if (prefix == "robots.txt") {
    page("200 OK", kPlain, kRobots, "Cache-Control: max-age=86400\r\n", head, out);
  } else if (prefix == "favicon.ico") {
    page("404 Not Found", kPlain, "", "Cache-Control: max-age=86400\r\n", head, out);
  } else {
    page("404 Not Found", kPlain, "Nothing is served here.\n", kNoStore, head, out);
  }
}

void Responder::answer_link(const EdgeLink& link, const RequestHead& head, HitView& hit,
                            std::string& out) {
  hit.workspace = link.workspace;
  hit.link = link.id;
  hit.saved = link.saved;
  if (has_parameter(head.query(), "qr=1")) hit.trigger = Trigger::qr;
  if (is_prefetch(hit.purpose)) {
    hit.outcome = Outcome::prefetch;
    page("503 Service Unavailable", kPlain, "Not fetched ahead.\n", "Cache-Control: no-store\r\n",
         head, out);
    return;
  }
  hit.outcome = decide(link, now_);
  if (hit.outcome == Outcome::redirected) return redirect(link.location, head, out);
  if (!link.fallback_location.empty()) return redirect(link.fallback_location, head, out);
  switch (hit.outcome) {
    case Outcome::expired:
      return page("410 Gone", kHtml, kExpiredPage, kNoStore, head, out);
    case Outcome::scheduled:
      return page("404 Not Found", kHtml, kScheduledPage, kNoStore, head, out);
    default:
      return page("410 Gone", kHtml, kDisabledPage, kNoStore, head, out);
  }
}

void Responder::busy(const RequestHead& head, std::string& out) {
  page("503 Service Unavailable", kPlain, "Too many passwords are being checked. Try again.\n",
       "Retry-After: 2\r\nCache-Control: no-store\r\n", head, out);
}

Responder::Answer Responder::answer(const RequestHead& head, std::string_view /*body*/,
                                    const Address& peer, std::string& out,
                                    PasswordVerdict /*verdict*/) {
  Answer answer;
  answer.close = !head.keep_alive;
  const bool is_head = head.method == "HEAD";
  if (head.method != "GET" && !is_head) {
    page("405 Method Not Allowed", kPlain, "Only GET and HEAD are answered here.\n",
         "Allow: GET, HEAD\r\n", head, out);
    return answer;
  }
  const Path path = split_path(head.path());
  if (!path.good_escapes) {
    refuse(400, "broken percent escape in the path", out);
    answer.close = true;
    return answer;
  }
  if (is_reserved_prefix(path.prefix)) {
    answer_reserved(path.prefix, head, out);
    return answer;
  }
  HitView& hit = answer.hit;
  answer.record = true;
  hit.time = now_;
  hit.is_head = is_head;
  hit.address = proxies_.client(peer, head);
  hit.query = head.query();
  domain_ = without_port(head.host);
  std::ranges::transform(domain_, domain_.begin(), to_lower);
  hit.domain = domain_;
  take_headers(head, hit);
  const auto link = path.plausible ? table_->find({"", path.prefix, path.token}) : std::nullopt;
  if (link) {
    hit.prefix = link->name.prefix;
    hit.token = link->name.token;
    answer_link(*link, head, hit, out);
  } else {
    hit.workspace = home_;
    hit.prefix = head.path();
    page("404 Not Found", kHtml, kNotFoundPage, kNoStore, head, out);
  }
  return answer;
}

}  // namespace tally
