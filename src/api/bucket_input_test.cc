// SPDX-License-Identifier: Apache-2.0
#include "api/bucket_input.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr const char* kBucket =
    R"({"bucket":{"endpoint":"https://s3.example","name":"logs","access_key_id":"AK",)"
    R"("secret_access_key":"SK"}})";

// `bucket` changed by `body`: what comes of it, "" when it is taken.
std::string field_of(const char* body, std::optional<ExportBucket>& bucket) {
  const auto document = JsonDocument::parse(body);
  JsonFields fields(*document);
  read_bucket(fields, bucket);
  if (const auto finished = fields.finish(); !finished) return finished.error().field;
  if (!bucket) return {};
  const auto checked = check_bucket(*bucket);
  return checked ? "" : checked.error().field;
}

ExportBucket good() {
  std::optional<ExportBucket> out;
  EXPECT_EQ(field_of(kBucket, out), "");
  return out.value();
}

TEST(BucketInput, WhatIsNotSaidIsDefault) {
  EXPECT_EQ(good(),
            (ExportBucket{"https://s3.example", "us-east-1", "logs", "", "AK", "SK", false}));
  std::optional<ExportBucket> bucket = good();
  EXPECT_EQ(field_of("{}", bucket), "");
  EXPECT_EQ(bucket, good());
  EXPECT_EQ(field_of(R"({"bucket":{"prefix":"a/b=c d","region":"auto"}})", bucket), "");
  EXPECT_EQ(bucket->prefix, "a/b=c d");
  EXPECT_EQ(bucket->secret_access_key, "SK");
  EXPECT_EQ(field_of(R"({"bucket":null})", bucket), "");
  EXPECT_EQ(bucket, std::nullopt);
  EXPECT_EQ(field_of(R"({"bucket":{"prefix":"a"}})", bucket), "bucket.endpoint");
}

TEST(BucketInput, AnEndpointHasOneForm) {
  const struct {
    const char *given, *kept;
  } rows[] = {{"HTTPS://S3.Example/", "https://s3.example"},
              {"https://s3.example:443", "https://s3.example"},
              {"http://s3.example:80/", "http://s3.example"},
              {"http://s3.example:443", "http://s3.example:443"},
              {"https://bücher.example:9000", "https://xn--bcher-kva.example:9000"}};
  for (const auto& row : rows) {
    ExportBucket bucket = good();
    bucket.endpoint = row.given;
    EXPECT_TRUE(check_bucket(bucket)) << row.given;
    EXPECT_EQ(bucket.endpoint, row.kept);
  }
  for (const char* address : {"http://127.0.0.1:9000", "http://[::1]:9000"}) {
    ExportBucket bucket = good();
    bucket.endpoint = address;
    EXPECT_EQ(check_bucket(bucket).error().field, "bucket.path_style") << address;
    bucket.path_style = true;
    EXPECT_TRUE(check_bucket(bucket)) << address;
  }
}

TEST(BucketInput, WhatIsNoBucketIsRefusedByName) {
  const struct {
    const char *body, *field;
  } rows[] = {
      {R"({"bucket":"logs"})", "bucket"},
      {R"({"bucket":{"endpoint":"s3.example"}})", "bucket.endpoint"},
      {R"({"bucket":{"endpoint":"ftp://s3.example"}})", "bucket.endpoint"},
      {R"({"bucket":{"endpoint":"https://a:b@s3.example"}})", "bucket.endpoint"},
      {R"({"bucket":{"endpoint":"https://s3.example/logs"}})", "bucket.endpoint"},
      {R"({"bucket":{"endpoint":"https://s3.example?x"}})", "bucket.endpoint"},
      {R"({"bucket":{"region":""}})", "bucket.region"},
      {R"({"bucket":{"region":"eu/1"}})", "bucket.region"},
      {R"({"bucket":{"name":"Logs"}})", "bucket.name"},
      {R"({"bucket":{"name":"lo"}})", "bucket.name"},
      {R"({"bucket":{"name":"lo..gs"}})", "bucket.name"},
      {R"({"bucket":{"name":"-logs"}})", "bucket.name"},
      {R"({"bucket":{"name":"lo/gs"}})", "bucket.name"},
      {R"({"bucket":{"prefix":"/a"}})", "bucket.prefix"},
      {R"({"bucket":{"prefix":"a/"}})", "bucket.prefix"},
      {R"({"bucket":{"prefix":"a/../b"}})", "bucket.prefix"},
      {R"({"bucket":{"prefix":"a\nb"}})", "bucket.prefix"},
      {R"({"bucket":{"access_key_id":"a/b"}})", "bucket.access_key_id"},
      {R"({"bucket":{"access_key_id":""}})", "bucket.access_key_id"},
      {R"({"bucket":{"secret_access_key":""}})", "bucket.secret_access_key"},
      {R"({"bucket":{"secret_access_key":"a b"}})", "bucket.secret_access_key"},
      {R"({"bucket":{"secret_access_key":null}})", "bucket.secret_access_key"},
      {R"({"bucket":{"path_style":1}})", "bucket.path_style"},
      {R"({"bucket":{"colour":"red"}})", "bucket.colour"},
  };
  for (const auto& row : rows) {
    std::optional<ExportBucket> bucket = good();
    EXPECT_EQ(field_of(row.body, bucket), row.field) << row.body;
  }
}

}  // namespace
}  // namespace tally
