// SPDX-License-Identifier: Apache-2.0
//
// The requests and signatures are those of Amazon's documentation ("Signature Calculations for the
// Authorization Header: Transferring Payload in a Single Chunk").
#include "buckets/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::EndsWith;
using testing::StartsWith;

constexpr UnixMillis kTime = 1'369'353'600'000;  // 2013-05-24T00:00:00Z
constexpr SigningKey kKey = {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                             "us-east-1"};
constexpr const char* kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Signature, IsWhatAmazonsExamplesHave) {
  const struct {
    const char *method, *path, *sha256;
    std::vector<std::pair<std::string, std::string>> headers;
    const char *names, *signature;
  } rows[] = {
      {"GET",
       "/test.txt",
       kEmpty,
       {{"Range", "bytes=0-9"}},
       "host;range;x-amz-content-sha256;x-amz-date",
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"PUT",
       "/test%24file.text",
       "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
       {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
       "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
  };
  for (const auto& row : rows) {
    const auto headers = signed_headers(
        {row.method, "examplebucket.s3.amazonaws.com", row.path, row.sha256, row.headers}, kKey,
        kTime);
    EXPECT_EQ(headers[row.headers.size()].second, row.sha256);
    EXPECT_EQ(headers[row.headers.size() + 1].second, "20130524T000000Z");
    EXPECT_EQ(headers.back().first, "Authorization");
    EXPECT_THAT(headers.back().second,
                StartsWith("AWS4-HMAC-SHA256 "
                           "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                           "SignedHeaders=" +
                           std::string(row.names) + ", "));
    EXPECT_THAT(headers.back().second, EndsWith(std::string("Signature=") + row.signature));
  }
}

TEST(Signature, SumsAreThoseOfTheBytes) {
  EXPECT_EQ(sha256_of(""), kEmpty);
  EXPECT_EQ(sha256_of("Welcome to Amazon S3."),
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
}

}  // namespace
}  // namespace tally
