// SPDX-License-Identifier: Apache-2.0
//
// What becomes of a request that found its link.
#include <fmt/format.h>

#include "base/text.h"
#include "redirect/hit_headers.h"
#include "redirect/location.h"
#include "redirect/query_text.h"
#include "redirect/responder.h"
#include "redirect/variant_cookie.h"

namespace tally {
namespace {

using namespace link_flag;  // NOLINT: this file is about nothing else

constexpr std::size_t kMostPassword = 256;

// Whether the link's dates and its switch let anybody through.
Outcome state_of(const EdgeLink& link, const EdgeLinkMore& more, UnixMillis now) {
  if (link.has(kDisabled)) return Outcome::disabled;
  if (more.starts_at && now < *more.starts_at) return Outcome::scheduled;
  if (more.expires_at && now >= *more.expires_at) return Outcome::expired;
  return Outcome::redirected;
}

// A field of a form that was sent as application/x-www-form-urlencoded.
bool read_form_field(std::string_view body, std::string_view name, std::string& out) {
  for (RawParameter field; next_parameter(body, field);) {
    if (!decodes_to(field.name, name)) continue;
    auto value = percent_decode(field.value, true);
    if (!value) return false;
    out = std::move(*value);
    return !out.empty();
  }
  return false;
}

bool asks_for(std::string_view query, std::string_view parameter) {
  for (RawParameter one; next_parameter(query, one);)
    if (one.whole == parameter) return true;
  return false;
}

}  // namespace

void Responder::answer_link(const Found& found, Request& request) {
  const EdgeLink& link = found.link;
  HitView& hit = request.answer.hit;
  hit.workspace = link.workspace;
  hit.link = link.id;
  hit.prefix = link.name.prefix;
  hit.token = found.token;
  hit.do_not_record = link.has(kDoNotRecord);
  if (!hit.query.empty() && asks_for(hit.query, "qr=1")) hit.trigger = Trigger::qr;
  const bool plain = !link.has(kSaved | kDecides) && !found.preview && !request.is_post;
  if (plain && hit.purpose.empty()) {
    hit.outcome = Outcome::redirected;
    return response_.redirect(302, link.location, request.head, request.out);
  }
  const EdgeLinkMore more = link.more();
  hit.saved = more.saved;
  if (is_prefetch(hit.purpose)) {
    hit.outcome = Outcome::prefetch;
    request.answer.record = true;
    return response_.page("503 Service Unavailable", kPlain, "Not fetched ahead.\n",
                          "Cache-Control: no-store\r\n", request.head, request.out);
  }
  if (request.is_post && (!link.has(kPassword) || found.preview))
    return method_not_allowed("GET, HEAD", request);
  if (found.preview) return answer_preview(found, more, request);
  answer_decided(found, more, request);
}

void Responder::answer_decided(const Found& found, const EdgeLinkMore& more, Request& request) {
  const EdgeLink& link = found.link;
  HitView& hit = request.answer.hit;
  if (const Outcome state = state_of(link, more, now_); state != Outcome::redirected)
    return answer_closed(state, more, request);
  visitor_.begin(hit);
  if (link.has(kLimit | kOpenGraph | kLanding)) {
    const AgentFacts& facts = visitor_.agent();
    hit.verdict =
        request.is_head ? Verdict{Traffic::head, "head"} : Verdict{facts.traffic, facts.reason};
  }
  const bool previewer = hit.verdict && hit.verdict->traffic == Traffic::preview;
  if (previewer && link.has(kOpenGraph)) {
    hit.outcome = Outcome::preview_page;
    const OpenGraphCard card{more.og_title, more.og_description, more.og_image_url};
    return response_.page("200 OK", kHtml, pages_.open_graph(card), pages_.fields(), request.head,
                          request.out);
  }
  if (more.click_limit && deps_.limits.used_up(link.id, *more.click_limit))
    return answer_closed(Outcome::limit_reached, more, request);
  if (link.has(kPassword) && !pass_password(more, request)) return;
  if (more.click_limit && hit.verdict->traffic == Traffic::human) {
    if (!deps_.limits.take(link.id, *more.click_limit))
      return answer_closed(Outcome::limit_reached, more, request);
    hit.limit_spent = true;
  }
  send_on(found, more, request);
}

// True when the visitor may go on; otherwise the page that asks has been written, or a question
// about the password has been put.
bool Responder::pass_password(const EdgeLinkMore& more, Request& request) {
  Answer& answer = request.answer;
  if (request.verdict == PasswordVerdict::right) return true;
  answer.hit.outcome = Outcome::password;
  std::string_view status = "200 OK";
  PasswordAsk ask = PasswordAsk::first;
  std::string fields = pages_.fields();
  if (request.verdict == PasswordVerdict::wrong) {
    status = "403 Forbidden";
    ask = PasswordAsk::wrong;
  } else if (request.is_post && read_form_field(request.body, "password", attempt_)) {
    if (deps_.sources.passwords.allow(answer.hit.address, now_)) {
      answer.ask = PasswordQuestion{more.password_hash,
                                    std::string_view(attempt_).substr(0, kMostPassword + 1)};
      return false;
    }
    status = "429 Too Many Requests";
    ask = PasswordAsk::too_often;
    fields += fmt::format("Retry-After: {}\r\n", SourceLimiter::seconds_left(now_));
  }
  response_.page(status, kHtml, pages_.password(more.title, ask), fields, request.head,
                 request.out);
  return false;
}

void Responder::answer_closed(Outcome outcome, const EdgeLinkMore& more, Request& request) {
  request.answer.hit.outcome = outcome;
  request.answer.record = true;
  if (!more.fallback_location.empty()) {
    const int status = request.is_post ? 303 : 302;
    return response_.redirect(status, more.fallback_location, request.head, request.out);
  }
  const bool later = outcome == Outcome::scheduled;
  response_.page(later ? "404 Not Found" : "410 Gone", kHtml, pages_.closed(outcome),
                 pages_.fields(), request.head, request.out);
}

void Responder::answer_preview(const Found& found, const EdgeLinkMore& more, Request& request) {
  HitView& hit = request.answer.hit;
  hit.outcome = Outcome::preview_page;
  LinkPreview preview;
  preview.title = more.title;
  preview.short_path = request.head.path();
  preview.short_path = preview.short_path.substr(0, preview.short_path.rfind('+'));
  const bool used_up = more.click_limit && deps_.limits.used_up(found.link.id, *more.click_limit);
  if (used_up || state_of(found.link, more, now_) != Outcome::redirected) {
    preview.note = "This link is not open now.";
  } else if (found.link.has(kPassword)) {
    preview.note = "It asks for a password.";
  } else {
    visitor_.begin(hit);
    const Destination to = chooser_.choose(found.link, more, {hit.query, {}, now_}, visitor_);
    preview.location = finished_location(to.location, found, request, "");
  }
  response_.page("200 OK", kHtml, pages_.preview(preview), pages_.fields(), request.head,
                 request.out);
}

std::string_view Responder::finished_location(std::string_view packed, const Found& found,
                                              const Request& request, std::string_view click_id) {
  const EdgeLink& link = found.link;
  if (!link.has(kPlaceholders | kPassthrough | kAppendClickId)) return packed;
  const HitView& hit = request.answer.hit;
  location_.clear();
  append_location(packed,
                  {.token = found.token,
                   .click_id = click_id,
                   .passthrough = link.has(kPassthrough),
                   .append_click_id = link.has(kAppendClickId),
                   .query = hit.query,
                   .saved = hit.saved},
                  location_);
  return location_;
}

void Responder::send_on(const Found& found, const EdgeLinkMore& more, Request& request) {
  const EdgeLink& link = found.link;
  HitView& hit = request.answer.hit;
  request.answer.record = true;
  hit.outcome = Outcome::redirected;
  const bool keeps = link.has(kVariants) && table_->domains().has_cookie(link.workspace) &&
                     policy_for(hit, deps_.visitors.signals) == SignalPolicy::ignore;
  const std::string kept = keeps ? kept_variant(request.head, link.id) : std::string();
  const Destination to = chooser_.choose(link, more, {hit.query, kept, now_}, visitor_);
  hit.variant = to.variant;
  const std::string cookie = keeps && !to.variant.empty() && to.variant != kept
                                 ? variant_cookie(link, to.variant)
                                 : std::string();
  if (link.has(kPlaceholders | kAppendClickId | kLanding)) {
    ClickKey key = deps_.shard;
    key.n = next_n_;
    click_id_ = deps_.click_ids.encode(key);
  }
  const std::string_view location = finished_location(to.location, found, request, click_id_);
  // A preview fetcher that gets no card of its own follows the redirect to the destination's.
  const bool landing =
      link.has(kLanding) && !(hit.verdict && hit.verdict->traffic == Traffic::preview);
  if (!landing && is_web_location(location)) {
    const int status = request.is_post ? 303 : more.status;
    return response_.redirect(status, location, request.head, request.out, cookie);
  }
  if (landing) hit.outcome = Outcome::landing;
  const bool reports =
      landing && policy_for(hit, deps_.visitors.signals) != SignalPolicy::do_not_record;
  const WayStation station{more.title, location, to.store,
                           reports ? std::string_view(click_id_) : std::string_view()};
  response_.page("200 OK", kHtml, pages_.way_station(station), pages_.script_fields() + cookie,
                 request.head, request.out);
}

}  // namespace tally
