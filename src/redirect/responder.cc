// SPDX-License-Identifier: Apache-2.0
#include "redirect/responder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "http/message.h"
#include "redirect/beacon.h"
#include "redirect/hit_headers.h"
#include "redirect/query_text.h"

namespace tally {
namespace {

constexpr std::string_view kAnyOrigin = "Access-Control-Allow-Origin: *\r\n";
// Everything may be fetched: preview fetchers obey this file, and links that forbid them get no
// preview.
constexpr std::string_view kRobots = "User-agent: *\nDisallow:\n";

}  // namespace

Responder::Responder(const Deps& deps)
    : deps_(deps), table_(deps.links.current()), visitor_(deps.visitors) {}

void Responder::begin_turn(UnixMillis now) {
  now_ = now;
  response_.set_time(now);
  visitor_.tend(now);
  if (const std::uint64_t version = deps_.links.version(); version != table_version_) {
    table_ = deps_.links.current();
    table_version_ = version;
  }
}

void Responder::refuse(int status, std::string_view reason, std::string& out) {
  RequestHead head;
  head.keep_alive = false;
  const std::string line = fmt::format("{} {}", status, reason_phrase(status));
  response_.page(line, kPlain, fmt::format("{}: {}\n", line, reason), "", head, out);
}

void Responder::busy(const RequestHead& head, std::string& out) {
  response_.page("503 Service Unavailable", kPlain,
                 "Too many requests of this kind are being worked on. Try again.\n",
                 fmt::format("Retry-After: 2\r\n{}{}", kNoStore, kAnyOrigin), head, out);
}

Responder::Answer Responder::answer(const RequestHead& head, std::string_view body,
                                    const Address& peer, std::string& out,
                                    PasswordVerdict verdict) {
  Answer answer;
  answer.close = !head.keep_alive;
  Request request{head, body, verdict, answer, out, head.method == "HEAD", head.method == "POST"};
  const LinkPath path = split_path(head.path(), decoded_path_);
  if (!path.good_escapes) {
    refuse(400, "broken percent escape in the path", out);
    answer.close = true;
    return answer;
  }
  answer.hit.time = now_;
  answer.hit.address = deps_.proxies.client(peer, head);
  if (is_reserved_prefix(path.prefix)) {
    answer_reserved(path, request);
    return answer;
  }
  if (!request.is_head && !request.is_post && head.method != "GET") {
    method_not_allowed("GET, HEAD", request);
    return answer;
  }
  take_request(peer, request);
  const EdgeDomain* domain = table_->domains().find(domain_);
  Found found;
  if (domain != nullptr && path.plausible && find(domain->number, path, found))
    answer_link(found, request);
  else
    answer_unknown(domain, request);
  return answer;
}

// What the hit says of the request, whatever it led to.
void Responder::take_request(const Address& peer, Request& request) {
  const RequestHead& head = request.head;
  HitView& hit = request.answer.hit;
  // A form that is sent is a click only when its password is right.
  request.answer.record = !request.is_post;
  hit.is_head = request.is_head;
  hit.query = head.query();
  std::string_view host = head.host;
  if (const auto forwarded = take_headers(head, hit);
      !forwarded.empty() && deps_.proxies.trusts(peer)) {
    host = trim(forwarded.substr(forwarded.rfind(',') + 1));
  }
  domain_ = without_port(host);
  std::ranges::transform(domain_, domain_.begin(), to_lower);
  if (domain_.ends_with('.')) domain_.pop_back();
  hit.domain = domain_;
}

bool Responder::find(DomainNumber domain, const LinkPath& path, Found& out) const {
  const auto named = [&](std::string_view prefix, std::string_view token) {
    const auto link = table_->find({domain, prefix, token});
    if (link) out.link = *link;
    return link.has_value();
  };
  out.token = path.token;
  if (named(path.prefix, path.token)) return true;
  if (path.plus) {
    const LinkPath bare = path.without_plus();
    out.preview = true;
    out.token = bare.token;
    if (bare.plausible && named(bare.prefix, bare.token)) return true;
    if (!bare.token.empty() && named(bare.prefix, kPatternToken)) return true;
    out.preview = false;
    out.token = path.token;
  }
  return !path.token.empty() && named(path.prefix, kPatternToken);
}

void Responder::answer_unknown(const EdgeDomain* domain, Request& request) {
  if (request.is_post) return method_not_allowed("GET, HEAD", request);
  HitView& hit = request.answer.hit;
  const std::string_view path = request.head.path();
  hit.outcome = Outcome::not_found;
  hit.workspace = (domain ? *domain : table_->domains().default_domain()).workspace;
  hit.prefix = path;
  if (domain != nullptr) {
    const std::string& location = path == "/" ? domain->root_location : domain->not_found_location;
    if (!location.empty()) return response_.redirect(302, location, request.head, request.out);
  }
  if (!deps_.sources.unknown_paths.allow(hit.address, now_)) {
    request.answer.record = false;
    return too_many("Too many unknown addresses were asked for.\n", request);
  }
  response_.page("404 Not Found", kHtml, pages_.not_found(), pages_.fields(), request.head,
                 request.out);
}

void Responder::answer_reserved(const LinkPath& path, Request& request) {
  const RequestHead& head = request.head;
  if (path.prefix == "_t" && path.token == "beacon") return answer_beacon(request);
  if (path.prefix == "_t" && path.token == "convert") return answer_conversion(request);
  if (!request.is_head && head.method != "GET") return method_not_allowed("GET, HEAD", request);
  if (path.prefix == "robots.txt") {
    response_.page("200 OK", kPlain, kRobots, "Cache-Control: max-age=86400\r\n", head,
                   request.out);
  } else if (path.prefix == "favicon.ico") {
    response_.page("404 Not Found", kPlain, "", "Cache-Control: max-age=86400\r\n", head,
                   request.out);
  } else {
    response_.page("404 Not Found", kPlain, "Nothing is served here.\n", kNoStore, head,
                   request.out);
  }
}

// False when it is none and has got its answer: a browser asks first whether it may.
bool Responder::is_post_from_anywhere(Request& request) {
  if (request.is_post) return true;
  if (request.head.method == "OPTIONS") {
    response_.no_content(
        "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: POST\r\n"
        "Access-Control-Allow-Headers: Content-Type\r\nAccess-Control-Max-Age: 86400\r\n",
        request.head, request.out);
  } else {
    method_not_allowed("POST, OPTIONS", request);
  }
  return false;
}

void Responder::answer_beacon(Request& request) {
  if (!is_post_from_anywhere(request)) return;
  const RequestHead& head = request.head;
  HitView& hit = request.answer.hit;
  if (!deps_.sources.beacons.allow(hit.address, now_))
    return too_many("Too many beacons.\n", request);
  const auto report = parse_beacon(request.body);
  const auto click = report ? deps_.click_ids.decode(report->click_id) : std::nullopt;
  // What decodes to another node, or to a start that is still to come, was not given to anybody.
  if (!click || click->node != deps_.shard.node || click->epoch > deps_.shard.epoch) {
    request.answer.bad_beacon = true;
    return response_.page("400 Bad Request", kPlain, "This is no beacon.\n",
                          std::string(kAnyOrigin) + std::string(kNoStore), head, request.out);
  }
  hit.kind = HitKind::beacon;
  hit.beacon = {*click, report->screen_w, report->screen_h, report->dpr};
  request.answer.record = true;
  response_.no_content(std::string(kAnyOrigin) + std::string(kNoStore), head, request.out);
}

void Responder::answer_conversion(Request& request) {
  if (!is_post_from_anywhere(request)) return;
  if (!deps_.sources.conversions.allow(request.answer.hit.address, now_))
    return too_many("Too many conversions.\n", request);
  request.answer.tells = true;
}

void Responder::conversion_reply(const RequestHead& head, const ConversionReply& reply,
                                 std::string& out) {
  const std::string fields = std::string(kAnyOrigin) + std::string(kNoStore);
  if (reply.status == 204) return response_.no_content(fields, head, out);
  response_.page(fmt::format("{} {}", reply.status, reason_phrase(reply.status)), kPlain,
                 reply.text + "\n", fields, head, out);
}

void Responder::method_not_allowed(std::string_view allow, Request& request) {
  request.answer.record = false;
  response_.page("405 Method Not Allowed", kPlain,
                 fmt::format("Only {} may be used here.\n", allow),
                 fmt::format("Allow: {}\r\n", allow), request.head, request.out);
}

void Responder::too_many(std::string_view text, Request& request) {
  response_.page("429 Too Many Requests", kPlain, text,
                 fmt::format("Retry-After: {}\r\n{}{}", SourceLimiter::seconds_left(now_), kNoStore,
                             kAnyOrigin),
                 request.head, request.out);
}

}  // namespace tally
