// SPDX-License-Identifier: Apache-2.0
#include "buckets/signature.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;
static_assert(crypto_hash_sha256_BYTES == crypto_auth_hmacsha256_BYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Digest hmac(std::string_view key, std::string_view text) {
  Digest out{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

// "20130524T000000Z".
std::string basic_time(UnixMillis time) {
  std::string out = format_utc(time).substr(0, 19) + "Z";
  std::erase_if(out, [](char c) { return c == '-' || c == ':'; });
  return out;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  Digest out{};
  crypto_hash_sha256(out.data(), bytes_of(bytes), bytes.size());
  return hex(as_text(out));
}

std::vector<std::pair<std::string, std::string>> signed_headers(const UnsignedRequest& request,
                                                                const SigningKey& key,
                                                                UnixMillis now) {
  const std::string time = basic_time(now), day = time.substr(0, 8);
  auto headers = request.headers;
  headers.emplace_back("x-amz-content-sha256", request.payload_sha256);
  headers.emplace_back("x-amz-date", time);

  std::vector<std::pair<std::string, std::string>> sorted = {{"host", std::string(request.host)}};
  for (const auto& [name, value] : headers) sorted.emplace_back(lower(name), trim(value));
  std::ranges::sort(sorted);
  std::string lines, names;
  for (const auto& [name, value] : sorted) {
    lines.append(name).append(":").append(value).append("\n");
    names.append(names.empty() ? "" : ";").append(name);
  }
  std::string canonical(request.method);
  canonical.append("\n").append(request.path).append("\n\n").append(lines).append("\n");
  canonical.append(names).append("\n").append(request.payload_sha256);

  const std::string scope = day + "/" + std::string(key.region) + "/s3/aws4_request";
  const std::string to_sign =
      "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256_of(canonical);
  Digest signing = hmac("AWS4" + std::string(key.secret_access_key), day);
  for (const std::string_view part :
       {key.region, std::string_view("s3"), std::string_view("aws4_request")})
    signing = hmac(as_text(signing), part);
  headers.emplace_back("Authorization",
                       "AWS4-HMAC-SHA256 Credential=" + std::string(key.access_key_id) + "/" +
                           scope + ", SignedHeaders=" + names +
                           ", Signature=" + hex(as_text(hmac(as_text(signing), to_sign))));
  return headers;
}

}  // namespace tally
