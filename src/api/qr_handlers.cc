// SPDX-License-Identifier: Apache-2.0
//
// A link's QR code. It encodes the short URL with `?qr=1`, so that scans are counted apart.
//
// The picture is a function of the link and the query: GET answers it with a tag of its content,
// and a client that has it is told so. A logo does not fit into a query, so it is the body of a
// POST, which stores nothing and therefore asks for no more than reading.
#include <algorithm>
#include <array>

#include "api/etag.h"
#include "api/handlers.h"
#include "api/link_json.h"
#include "base/text.h"
#include "http/query_string.h"
#include "qr/qr_image.h"

namespace tally {
namespace {

struct QrRequest {
  QrOptions options;
  std::optional<std::string> token;  // stands for a pattern's
  bool download = false;
};

struct Format {
  std::string_view type;
  std::string_view ending;
  Result<std::string> (*draw)(std::string_view text, const QrOptions& options, const Logo* logo);
};
constexpr Format kSvg{"image/svg+xml", "svg", qr_svg};
constexpr Format kPng{"image/png", "png", qr_png};

// As for all data, but that a logo in an SVG may be shown when somebody opens it by itself.
constexpr std::string_view kSvgPolicy = "default-src 'none'; img-src data:; frame-ancestors 'none'";

std::unexpected<Error> bad_value(std::string_view name, std::string_view wanted) {
  return std::unexpected(Error{ErrorCode::malformed,
                               "'" + std::string(name) + "' is " + std::string(wanted),
                               {},
                               std::string(name),
                               "bad_value"});
}

Result<void> read_number(const QueryParameter& parameter, int least, int most, int& out) {
  const auto number = parse_number<int>(parameter.value);
  if (!number || *number < least || *number > most)
    return bad_value(parameter.name,
                     "a number from " + std::to_string(least) + " to " + std::to_string(most));
  out = *number;
  return {};
}

Result<void> read_color(const QueryParameter& parameter, Color& out) {
  const auto color = parse_color(parameter.value);
  if (!color) return bad_value(parameter.name, "a colour like #1af, #11aaff or #11aaff80");
  out = *color;
  return {};
}

Result<void> read_level(const QueryParameter& parameter, QrLevel& out) {
  constexpr std::array<std::string_view, 4> kNames = {"L", "M", "Q", "H"};
  const auto found = std::ranges::find(kNames, parameter.value);
  if (found == kNames.end()) return bad_value(parameter.name, "L, M, Q or H");
  out = static_cast<QrLevel>(found - kNames.begin());
  return {};
}

Result<void> read_parameter(const QueryParameter& parameter, QrRequest& out) {
  const auto& [name, value] = parameter;
  QrOptions& options = out.options;
  if (name == "size")
    return read_number(parameter, QrOptions::kMinSize, QrOptions::kMaxSize, options.size);
  if (name == "margin") return read_number(parameter, 0, QrOptions::kMaxMargin, options.margin);
  if (name == "color") return read_color(parameter, options.color);
  if (name == "level") return read_level(parameter, options.level);
  if (name == "background") {
    if (value != "transparent") return read_color(parameter, options.background);
    options.background = kTransparent;
  } else if (name == "token") {
    out.token = value;
  } else if (name == "download") {
    if (value != "0" && value != "1") return bad_value(name, "0 or 1");
    out.download = value == "1";
  } else {
    return std::unexpected(Error{ErrorCode::malformed,
                                 "there is no parameter '" + name + "'",
                                 {},
                                 name,
                                 "unknown_parameter"});
  }
  return {};
}

Result<QrRequest> read_query(std::string_view query) {
  TRY_ASSIGN(const auto parameters, parse_query_string(query));
  QrRequest out;
  for (const QueryParameter& parameter : parameters) TRY(read_parameter(parameter, out));
  return out;
}

// The link that the code leads to: a pattern is no address until its token has a value.
Result<Link> addressed(Link link, const std::optional<std::string>& token) {
  const bool is_pattern = link.token == kPatternToken;
  if (is_pattern != token.has_value())
    return fail_field("token", is_pattern ? "required" : "not_a_pattern",
                      is_pattern ? "this link is a pattern: say which token the code is for"
                                 : "this link is no pattern: its code needs no token");
  if (!is_pattern) return link;
  TRY(validate_token(*token));
  if (token->empty() || token->starts_with(':'))
    return fail_field("token", "bad_slug", "must not be empty or begin with ':'");
  link.token = *token;
  return link;
}

// "promo-summer-sale.svg": what file systems and shells everywhere take.
std::string file_name(const Link& link, std::string_view ending) {
  std::string out = link.prefix;
  if (!link.token.empty()) out += "-" + link.token;
  for (char& c : out)
    if (!is_alnum(c) && c != '-' && c != '_') c = '_';
  return out.append(".").append(ending);
}

Result<Response> answer(Api& api, const Call& call, const Format& format, const Logo* logo) {
  TRY_ASSIGN(const QrRequest wanted, read_query(call.request.query));
  const auto id = LinkId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such link");
  TRY_ASSIGN(Link link, api.deps.links.get(call.workspace(), *id));
  TRY_ASSIGN(link, addressed(std::move(link), wanted.token));
  const std::string text = short_url(link, api.deps.links_base_url) + "?qr=1";
  Response out;
  TRY_ASSIGN(out.body, format.draw(text, wanted.options, logo));
  if (&format == &kSvg) out.fields.push_back({"Content-Security-Policy", std::string(kSvgPolicy)});
  if (wanted.download)
    out.fields.push_back(
        {"Content-Disposition", "attachment; filename=\"" + file_name(link, format.ending) + "\""});
  out.fields.push_back({"Content-Type", std::string(format.type)});
  return out;
}

Result<Response> answer_get(Api& api, const Call& call, const Format& format) {
  TRY_ASSIGN(Response out, answer(api, call, format, nullptr));
  const std::string etag = etag_of(out.body);
  out.fields.push_back({"ETag", etag});
  // The browser keeps it and asks each time: the link may have got another name.
  out.fields.push_back({"Cache-Control", "private, no-cache"});
  if (!has_etag(call.request.field("If-None-Match"), etag)) return out;
  out.status = 304;
  out.body.clear();
  return out;
}

Result<Response> answer_post(Api& api, const Call& call, const Format& format) {
  TRY_ASSIGN(const Logo logo, read_logo(call.request.body));
  return answer(api, call, format, &logo);
}

}  // namespace

Result<Response> get_qr_svg(Api& api, const Call& call) { return answer_get(api, call, kSvg); }
Result<Response> get_qr_png(Api& api, const Call& call) { return answer_get(api, call, kPng); }
Result<Response> draw_qr_svg(Api& api, const Call& call) { return answer_post(api, call, kSvg); }
Result<Response> draw_qr_png(Api& api, const Call& call) { return answer_post(api, call, kPng); }

}  // namespace tally
