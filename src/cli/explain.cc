// SPDX-License-Identifier: Apache-2.0
#include "cli/explain.h"

#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"
#include "enrich/enricher.h"
#include "model/click.h"
#include "model/hit.h"

namespace tally {
namespace {

namespace json = boost::json;

// A request as the line gave it; the hit made of it borrows from here.
struct Request {
  std::string ip, user_agent, referrer, method, domain, prefix, token, query;
  std::string accept_language, purpose, ch_ua, ch_mobile, ch_platform, ch_platform_version;
  std::string ch_model, dnt, gpc;
};

struct Name {
  std::string_view name;
  std::string Request::* member;
};
constexpr Name kFields[] = {
    {"ip", &Request::ip},
    {"user_agent", &Request::user_agent},
    {"referrer", &Request::referrer},
    {"method", &Request::method},
};
constexpr Name kHeaders[] = {
    {"user-agent", &Request::user_agent},
    {"referer", &Request::referrer},
    {"accept-language", &Request::accept_language},
    {"sec-purpose", &Request::purpose},
    {"purpose", &Request::purpose},
    {"x-purpose", &Request::purpose},
    {"x-moz", &Request::purpose},
    {"sec-ch-ua", &Request::ch_ua},
    {"sec-ch-ua-mobile", &Request::ch_mobile},
    {"sec-ch-ua-platform", &Request::ch_platform},
    {"sec-ch-ua-platform-version", &Request::ch_platform_version},
    {"sec-ch-ua-model", &Request::ch_model},
    {"dnt", &Request::dnt},
    {"sec-gpc", &Request::gpc},
};

// "https://go.example.com/promo/summer?a=b#c" into host, prefix, token and query; a bare path is
// fine.
void split_short_url(std::string_view url, Request& out) {
  url = url.substr(0, url.find('#'));
  const auto question = url.find('?');
  if (question != std::string_view::npos) out.query = url.substr(question + 1);
  url = url.substr(0, question);
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
    const auto slash = url.find('/');
    const std::string_view authority = url.substr(0, slash);
    out.domain = lower(authority.substr(0, authority.find(':')));
    url = slash == std::string_view::npos ? std::string_view() : url.substr(slash);
  }
  if (url.starts_with('/')) url.remove_prefix(1);
  const auto slash = url.find('/');
  out.prefix = url.substr(0, slash);
  if (slash != std::string_view::npos) out.token = url.substr(slash + 1);
}

Result<std::string> text_of(std::string_view name, const json::value& value) {
  if (value.is_null()) return std::string();
  if (!value.is_string()) return fail(ErrorCode::invalid, std::string(name) + " must be a string");
  return std::string(value.get_string());
}

Result<void> read_headers(const json::value& value, Request& out) {
  if (!value.is_object()) return fail(ErrorCode::invalid, "headers must be an object");
  for (const auto& [key, header] : value.get_object()) {
    TRY_ASSIGN(auto text, text_of(key, header));
    for (const Name& known : kHeaders)
      if (equals_ignoring_case(key, known.name)) out.*known.member = text;
  }
  return {};
}

Result<Request> read_request(std::string_view line) {
  boost::system::error_code problem;
  json::value value = json::parse(line, problem);
  if (problem) return fail(ErrorCode::malformed, "not JSON: " + problem.message());
  if (!value.is_object()) return fail(ErrorCode::malformed, "not a JSON object");
  Request out;
  const json::object& object = value.get_object();
  if (const auto* headers = object.if_contains("headers")) TRY(read_headers(*headers, out));
  for (const auto& [key, field] : object) {
    if (key == "headers") continue;
    TRY_ASSIGN(auto text, text_of(key, field));
    if (key == "url") {
      split_short_url(text, out);
      continue;
    }
    const Name* found = nullptr;
    for (const Name& known : kFields)
      if (key == known.name) found = &known;
    if (found == nullptr) return fail(ErrorCode::invalid, "unknown field " + std::string(key));
    out.*found->member = std::move(text);
  }
  return out;
}

Result<HitView> hit_of(const Request& request) {
  HitView hit;
  hit.workspace = WorkspaceId{1};
  hit.link = LinkId{1};
  hit.outcome = Outcome::redirected;
  if (!request.ip.empty()) {
    const auto address = Address::parse(request.ip);
    if (!address) return fail(ErrorCode::invalid, "ip is not an address");
    hit.address = *address;
  }
  for (const std::string_view parameter : split(request.query, '&'))
    if (parameter == "qr=1") hit.trigger = Trigger::qr;  // as the edge reads it
  hit.is_head = equals_ignoring_case(request.method, "HEAD");
  hit.wants_privacy = request.dnt == "1" || request.gpc == "1";
  hit.domain = request.domain;
  hit.prefix = request.prefix;
  hit.token = request.token;
  hit.query = request.query;
  hit.user_agent = request.user_agent;
  hit.referrer = request.referrer;
  hit.accept_language = request.accept_language;
  hit.purpose = request.purpose;
  hit.ch_ua = request.ch_ua;
  hit.ch_mobile = request.ch_mobile;
  hit.ch_platform = request.ch_platform;
  hit.ch_platform_version = request.ch_platform_version;
  hit.ch_model = request.ch_model;
  return hit;
}

json::object to_json(const Click& click, const Explanation& why) {
  json::object out;
  out["time"] = click.time;
  out["workspace_id"] = click.workspace.text();
  out["link_id"] = click.link.text();
  out["outcome"] = to_text(click.outcome);
  out["traffic"] = to_text(click.traffic);
  out["trigger"] = to_text(click.trigger);
  out["platform"] = to_text(click.platform);
  out["device"] = to_text(click.device);
  out["first"] = click.first;
  out["first_ws"] = click.first_ws;
  out["in_app"] = click.in_app;
  out["imported"] = click.imported;
  out["screen_w"] = click.screen_w;
  out["screen_h"] = click.screen_h;
  out["dpr"] = click.dpr;
  out["screen_source"] = to_text(click.screen_source);
  out["ip"] = click.ip.text();
  for (const ClickText& text : click_texts()) out[text.name] = click.*text.member;
  json::object& reasons = out["why"].emplace_object();
  for (const auto& [step, reason] : why) reasons[step] = reason;
  return out;
}

}  // namespace

int run_explain(std::istream& in, std::ostream& out, const DataFiles& files) {
  const SystemClock clock;
  const auto data = EnrichData::load(files, clock);
  if (!data) {
    std::cerr << data.error().line() << '\n';
    return 1;
  }
  const DataState rules = (*data)->states().front();
  if (!rules.trouble.empty()) std::cerr << rules.trouble << '\n';
  if (rules.failures > 0) return 1;
  Enricher enricher(**data, {});
  const Salt salt{};
  int exit_code = 0;
  std::string line;
  for (std::uint64_t n = 1; std::getline(in, line); ++n) {
    if (trim(line).empty()) continue;
    const auto request = read_request(line);
    const auto hit = request ? hit_of(*request) : std::unexpected(request.error());
    if (!hit) {
      out << json::serialize(json::object{{"error", hit.error().message}, {"line", n}}) << '\n';
      exit_code = 1;
      continue;
    }
    Explanation why;
    const Click click = enricher.enrich(*hit, ClickKey{}, salt, &why);
    out << json::serialize(to_json(click, why)) << '\n';
  }
  out.flush();
  return exit_code;
}

}  // namespace tally
