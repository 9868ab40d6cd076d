// SPDX-License-Identifier: Apache-2.0
//
// AWS Signature Version 4, as S3 has it: what a request to a bucket proves itself with.
//
//   canonical request   method, path, query, the headers that are signed, the body's SHA-256
//   text to sign        the algorithm, the time, the scope, the SHA-256 of the former
//   key                 HMAC over HMAC: the secret, the day, the region, "s3", "aws4_request"
//   signature           HMAC of the text under that key, in hex
//
// The paths of S3 are encoded once, unlike those of other services. The body's SHA-256 is a header
// of its own, so the server checks what it stores against the sum that was taken when the file was
// written. libcurl would sign too, but by the system's clock, and a file without a sum. The
// examples of Amazon's documentation are in the tests.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace tally {

struct SigningKey {
  std::string_view access_key_id, secret_access_key, region;
};

struct UnsignedRequest {
  std::string_view method;
  std::string_view host;            // with its port unless that is the usual one
  std::string_view path;            // percent-encoded
  std::string_view payload_sha256;  // hex
  std::vector<std::pair<std::string, std::string>> headers;  // that are signed as well
};

// In hex.
std::string sha256_of(std::string_view bytes);

// The headers of the request, with those that were given, the sum, the time and the signature;
// without Host.
std::vector<std::pair<std::string, std::string>> signed_headers(const UnsignedRequest& request,
                                                                const SigningKey& key,
                                                                UnixMillis now);

}  // namespace tally
