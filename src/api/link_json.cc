// SPDX-License-Identifier: Apache-2.0
#include "api/link_json.h"

#include <algorithm>
#include <limits>

#include "api/rule_json.h"

namespace tally {
namespace {

void fold_tags(std::vector<std::string>& tags) {
  std::vector<std::string> kept;
  for (std::string& tag : tags)
    if (std::ranges::find(kept, tag) == kept.end()) kept.push_back(std::move(tag));
  tags = std::move(kept);
}

// Reads the texts of an inner object; null for the object empties all of them.
struct InnerText {
  const char* name;
  std::string& text;
};
void read_texts(JsonFields& fields, std::string_view name, std::initializer_list<InnerText> texts) {
  fields.object_or_null(
      name,
      [&](JsonFields& inner) {
        for (const auto& [inner_name, text] : texts) inner.text_or_null(inner_name, text);
      },
      [&] {
        for (const auto& [inner_name, text] : texts) text.clear();
      });
}

void read_status(JsonFields& fields, std::uint16_t& out) {
  std::uint64_t status = out;
  fields.number("status", status);
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint16_t>::max();
  out = static_cast<std::uint16_t>(std::min(status, kMost));
}

void read_privacy(JsonFields& fields, LinkPrivacy& out) {
  if (!fields.has("privacy")) return;
  std::string text;
  fields.text("privacy", text);
  const auto privacy = parse_kind<LinkPrivacy>(kLinkPrivacyNames, text);
  if (!privacy)
    return fields.refuse("privacy", "bad_value", "must be 'standard' or 'do_not_record'");
  out = *privacy;
}

void read_password(JsonFields& fields, LinkInput& input) {
  if (!fields.has("password")) return;
  std::optional<std::string> text;
  fields.text_or_null("password", text);
  if (!text) {
    input.link.password_hash.clear();
  } else if (*text != kPasswordMask) {
    input.password = std::move(text);
  } else if (input.link.password_hash.empty()) {
    fields.refuse("password", "bad_value", "this text stands for the password that is set");
  }
}

void read_domain(JsonFields& fields, std::string& out) {
  if (!fields.has("domain")) return;
  std::string text = out;
  fields.text_or_null("domain", text);
  if (text.empty() || text == out) {
    out = text;
    return;
  }
  auto host = canonical_host(text, "domain");
  if (!host) return fields.refuse("domain", host.error().slug, host.error().message);
  out = std::move(*host);
}

void read_fields(JsonFields& fields, LinkInput& input) {
  Link& link = input.link;
  read_domain(fields, link.domain);
  fields.text("prefix", link.prefix);
  fields.text_or_null("token", link.token);
  fields.text("destination", link.destination);
  fields.text_or_null("title", link.title);
  fields.texts("tags", link.tags);
  fields.text_or_null("campaign", link.campaign);
  fields.text_or_null("channel", link.channel);
  read_texts(fields, "utm",
             {{"source", link.utm.source},
              {"medium", link.utm.medium},
              {"campaign", link.utm.campaign},
              {"content", link.utm.content},
              {"term", link.utm.term}});
  read_texts(fields, "ios", {{"url", link.ios.url}, {"store_url", link.ios.store_url}});
  read_texts(fields, "android", {{"url", link.android.url}, {"store_url", link.android.store_url}});
  read_rules(fields, link.rules);
  read_variants(fields, link.variants);
  read_texts(fields, "og",
             {{"title", link.open_graph.title},
              {"description", link.open_graph.description},
              {"image_url", link.open_graph.image_url}});
  fields.text_or_null("fallback_url", link.fallback_url);
  read_password(fields, input);
  fields.number_or_null("click_limit", link.click_limit);
  read_status(fields, link.status);
  fields.boolean("passthrough", link.passthrough);
  fields.boolean("append_click_id", link.append_click_id);
  fields.boolean("landing", link.landing);
  read_privacy(fields, link.privacy);
  fields.boolean("enabled", link.enabled);
  fields.time_or_null("starts_at", link.starts_at);
  fields.time_or_null("expires_at", link.expires_at);
}

Result<void> check(const LinkInput& input, bool prefix_given, const LinkRules& rules) {
  const Link& link = input.link;
  if (link.prefix.empty() && !prefix_given) {
    if (!link.token.empty())
      return fail_field("token", "token_without_prefix", "a token needs a prefix");
    Link named = link;
    named.prefix = "x";  // stands for the one that will be chosen
    TRY(validate(named, rules.app_schemes));
  } else {
    TRY(validate(link, rules.app_schemes));
  }
  if (input.password) TRY(validate_link_password(*input.password));
  return refuse_loops(link, rules.hosts);
}

// What whoever made the link should know although nothing is wrong.
void put_warnings(JsonWriter& out, const Link& link) {
  out.key("warnings").begin_array();
  if (link.status != 302)
    out.begin_object()
        .field("code", "repeats_hidden")
        .field("field", "status")
        .field("detail",
               "browsers may follow a 301 or 307 from memory: repeated clicks are then not counted")
        .end_object();
  out.end_array();
}

}  // namespace

std::string short_url(const Link& link, std::string_view base_url) {
  return base_url_of(base_url, link.domain) + short_path(link);
}

void put_link(JsonWriter& out, const Link& link, std::string_view base_url) {
  put_link_fields(out.begin_object(), link);
  out.field("short_url", short_url(link, base_url));
  put_warnings(out, link);
  out.end_object();
}

Result<LinkInput> apply_link_json(Link link, JsonFields& fields, const LinkRules& rules) {
  LinkInput out{std::move(link), std::nullopt};
  read_fields(fields, out);
  const bool prefix_given = fields.has("prefix");
  TRY(fields.finish());
  fold_tags(out.link.tags);
  TRY(check(out, prefix_given, rules));
  return out;
}

Result<LinkInput> apply_link_json(Link link, std::string_view body, const LinkRules& rules) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  return apply_link_json(std::move(link), fields, rules);
}

}  // namespace tally
