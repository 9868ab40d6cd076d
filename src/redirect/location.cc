// SPDX-License-Identifier: Apache-2.0
#include "redirect/location.h"

#include "base/text.h"
#include "redirect/query_text.h"

namespace tally {
namespace {

constexpr std::string_view kToken = "{token}";
constexpr std::string_view kClickId = "{click_id}";
constexpr char kHex[] = "0123456789ABCDEF";

struct UtmTag {
  std::string_view name;
  std::string_view SavedTags::* saved;
};
constexpr UtmTag kUtmTags[] = {
    {"utm_source", &SavedTags::source},     {"utm_medium", &SavedTags::medium},
    {"utm_campaign", &SavedTags::campaign}, {"utm_content", &SavedTags::content},
    {"utm_term", &SavedTags::term},
};

const UtmTag* utm_tag(std::string_view name) {
  for (const UtmTag& tag : kUtmTags)
    if (equals_ignoring_case(name, tag.name)) return &tag;
  return nullptr;
}

void append_escaped(char c, std::string& out) {
  const auto byte = static_cast<unsigned char>(c);
  out.push_back('%');
  out.push_back(kHex[byte >> 4]);
  out.push_back(kHex[byte & 15]);
}

// As one path segment or parameter value: nothing in it ends anything.
void append_value(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
      out.push_back(c);
    else
      append_escaped(c, out);
  }
}

// A parameter as it came, with what may not stand in a URL escaped.
void append_raw(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escape = c == '%' && percent_decode(text.substr(i, 3)).has_value();
    if (is_alnum(c) || escape || std::string_view("-._~:/?@!$&'()*+,;=[]").contains(c))
      out.push_back(c);
    else
      append_escaped(c, out);
  }
}

void fill_placeholders(std::string_view packed, const LocationParts& parts, std::string& out) {
  for (;;) {
    const auto open = packed.find('{');
    out.append(packed.substr(0, open));
    if (open == std::string_view::npos) return;
    packed.remove_prefix(open);
    if (packed.starts_with(kToken)) {
      append_value(parts.token, out);
      packed.remove_prefix(kToken.size());
    } else if (packed.starts_with(kClickId)) {
      out.append(parts.click_id);
      packed.remove_prefix(kClickId.size());
    } else {
      append_escaped('{', out);
      packed.remove_prefix(1);
    }
  }
}

// Adds parameters to a query that may have some already.
class QueryWriter {
 public:
  QueryWriter(std::string& out, bool first) : out_(out), first_(first) {}
  void separate() {
    out_.push_back(first_ ? '?' : '&');
    first_ = false;
  }
  void raw(std::string_view whole) {
    separate();
    append_raw(whole, out_);
  }
  void value(std::string_view name, std::string_view text) {
    separate();
    out_.append(name).push_back('=');
    append_value(text, out_);
  }

 private:
  std::string& out_;
  bool first_;
};

// Whether a parameter of that name with a value is in `query`.
bool sets(std::string_view query, std::string_view name) {
  for (RawParameter p; next_parameter(query, p);)
    if (!p.value.empty() && equals_ignoring_case(p.name, name)) return true;
  return false;
}

// What of the short URL's query goes on.
bool passes(const RawParameter& p, const LocationParts& parts) {
  if (p.whole == "qr=1" || equals_ignoring_case(p.name, "src")) return false;
  if (parts.append_click_id && p.name == kClickIdParameter) return false;
  return !p.value.empty() || utm_tag(p.name) == nullptr;
}

void merge_queries(std::string_view own, const LocationParts& parts, std::string& out) {
  QueryWriter query(out, true);
  const std::string_view incoming = parts.passthrough ? parts.query : std::string_view();
  std::string_view rest = own;
  for (RawParameter p; next_parameter(rest, p);) {
    if (parts.append_click_id && p.name == kClickIdParameter) continue;
    if (const UtmTag* tag = utm_tag(p.name); tag != nullptr && sets(incoming, tag->name)) continue;
    query.raw(p.whole);
  }
  rest = incoming;
  for (RawParameter p; next_parameter(rest, p);)
    if (passes(p, parts)) query.raw(p.whole);
  if (parts.passthrough) {
    for (const UtmTag& tag : kUtmTags) {
      const std::string_view saved = parts.saved.*tag.saved;
      if (!saved.empty() && !sets(own, tag.name) && !sets(incoming, tag.name))
        query.value(tag.name, saved);
    }
  }
  if (parts.append_click_id && !parts.click_id.empty())
    query.value(kClickIdParameter, parts.click_id);
}

}  // namespace

void append_location(std::string_view packed, const LocationParts& parts, std::string& out) {
  if (!parts.passthrough && !parts.append_click_id) return fill_placeholders(packed, parts, out);
  std::string filled;
  if (packed.contains('{')) {
    fill_placeholders(packed, parts, filled);
    packed = filled;
  }
  const auto hash = packed.find('#');
  const std::string_view before = packed.substr(0, hash);
  const auto mark = before.find('?');
  out.append(before.substr(0, mark));
  merge_queries(mark == std::string_view::npos ? std::string_view() : before.substr(mark + 1),
                parts, out);
  if (hash != std::string_view::npos) out.append(packed.substr(hash));
}

bool is_web_location(std::string_view location) {
  return location.starts_with("https://") || location.starts_with("http://");
}

}  // namespace tally
