// SPDX-License-Identifier: Apache-2.0
// Any bytes as the bucket of a schedule: one that requests can be made to, or refused by name.
#include <cstdint>

#include "api/bucket_input.h"
#include "base/check.h"
#include "base/text.h"
#include "buckets/object.h"

namespace {

void check_urls(const tally::ExportBucket& bucket) {
  CHECK(!bucket.endpoint.ends_with('/') && !bucket.prefix.ends_with('/'));
  const std::string url = tally::url_in_bucket(bucket, bucket.prefix + "/key");
  const auto path = url.find('/', url.find("://") + 3);
  CHECK(url.substr(path) == tally::path_in_bucket(bucket, bucket.prefix + "/key"));
  CHECK(url.find_first_of(" ?#\r\n") == std::string::npos && !url.contains("/../"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = tally::JsonDocument::parse({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  const tally::ExportBucket before{
      "https://s3.example", "us-east-1", "logs", "", "AK", "SK", false};
  for (std::optional<tally::ExportBucket> bucket :
       {std::optional<tally::ExportBucket>(), std::optional(before)}) {
    tally::JsonFields fields(*document);
    tally::read_bucket(fields, bucket);
    const auto finished = fields.finish();
    if (!finished) CHECK(!finished.error().slug.empty());
    if (!finished || !bucket) continue;
    const auto checked = tally::check_bucket(*bucket);
    if (checked)
      check_urls(*bucket);
    else
      CHECK(checked.error().field.starts_with("bucket."));
  }
  return 0;
}
