// SPDX-License-Identifier: Apache-2.0
#include "api/bucket_input.h"

#include <algorithm>

#include "base/text.h"
#include "model/url.h"

namespace tally {
namespace {

constexpr std::size_t kMinName = 3, kMaxName = 222;  // Google's; Amazon's end at 63
constexpr std::size_t kMaxRegion = 64, kMaxAccessKey = 128;

bool is_graphic(char c) { return c > ' ' && c < 0x7f; }
bool is_name_char(char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; }

// What stands in a signature's scope between slashes and commas.
bool is_scope_part(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return is_graphic(c) && c != '/' && c != ','; });
}

bool is_bucket_name(std::string_view name) {
  return name.size() >= kMinName && name.size() <= kMaxName &&
         std::ranges::all_of(name, is_name_char) && lower(name) == name && is_alnum(name.front()) &&
         is_alnum(name.back()) && !name.contains("..");
}

// No empty part, and none that a URL would take for a way up.
bool is_prefix(std::string_view prefix) {
  if (prefix.empty()) return true;
  if (prefix.size() > kMaxBucketPrefix) return false;
  if (std::ranges::any_of(prefix,
                          [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }))
    return false;
  return std::ranges::none_of(split(prefix, '/'), [](std::string_view part) {
    return part.empty() || part == "." || part == "..";
  });
}

// "https://host:8443": nothing behind the host, and no port that goes without saying.
Result<std::string> canonical_endpoint(const std::string& url) {
  TRY(validate_web_url(url, "bucket.endpoint"));
  std::string out = lower(encode_location(url));
  const auto path = out.find_first_of("/?#", out.find("://") + 3);
  if (path != std::string::npos) {
    if (out.substr(path) != "/")
      return fail_field("bucket.endpoint", "bad_url", "must have nothing behind its host");
    out.resize(path);
  }
  const std::string_view usual = out.starts_with("https") ? ":443" : ":80";
  if (out.ends_with(usual)) out.resize(out.size() - usual.size());
  if (out.ends_with(':')) out.pop_back();
  return out;
}

// "https://10.1.2.3:9000", "http://[::1]".
bool names_address(std::string_view endpoint) {
  const std::string_view host = endpoint.substr(endpoint.find("://") + 3);
  return host.starts_with('[') || std::ranges::all_of(host.substr(0, host.find(':')), [](char c) {
           return is_digit(c) || c == '.';
         });
}

}  // namespace

void read_bucket(JsonFields& fields, std::optional<ExportBucket>& out) {
  fields.object_or_null(
      "bucket",
      [&](JsonFields& inner) {
        if (!out) {
          out.emplace();
          for (const char* name : {"endpoint", "name", "access_key_id", "secret_access_key"})
            inner.require(name);
        }
        inner.text("endpoint", out->endpoint);
        inner.text("region", out->region);
        inner.text("name", out->name);
        inner.text("prefix", out->prefix);
        inner.text("access_key_id", out->access_key_id);
        inner.text("secret_access_key", out->secret_access_key);
        inner.boolean("path_style", out->path_style);
      },
      [&] { out.reset(); });
}

Result<void> check_bucket(ExportBucket& bucket) {
  TRY_ASSIGN(bucket.endpoint, canonical_endpoint(bucket.endpoint));
  if (!is_scope_part(bucket.region, kMaxRegion))
    return fail_field("bucket.region", "bad_value", "must be a region, like eu-central-1");
  if (!is_bucket_name(bucket.name))
    return fail_field(
        "bucket.name", "bad_value",
        "must be a bucket's name: 3 to 222 lower-case letters, digits, '-', '.', '_'");
  if (!is_prefix(bucket.prefix))
    return fail_field("bucket.prefix", "bad_value",
                      "must be at most 512 bytes of names with '/' between them");
  if (!is_scope_part(bucket.access_key_id, kMaxAccessKey))
    return fail_field("bucket.access_key_id", "bad_value", "must be the id of an access key");
  const std::string& secret = bucket.secret_access_key;
  if (secret.empty() || secret.size() > kMaxBucketSecret ||
      !std::ranges::all_of(secret, is_graphic))
    return fail_field("bucket.secret_access_key", "bad_value",
                      "must be the secret of an access key");
  if (!bucket.path_style && names_address(bucket.endpoint))
    return fail_field("bucket.path_style", "bad_value",
                      "must be true where the endpoint is an address");
  return {};
}

}  // namespace tally
