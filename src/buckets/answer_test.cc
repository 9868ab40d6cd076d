// SPDX-License-Identifier: Apache-2.0
#include "buckets/answer.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(BucketAnswer, AFailureIsOneLine) {
  const struct {
    int status;
    std::string body, error;
    const char* said;
  } rows[] = {
      {200, "", "", ""},
      {204, "<Error><Code>Odd</Code></Error>", "", ""},
      {403,
       "<?xml version=\"1.0\"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>Not "
       "&quot;yours&quot; &amp;lt;\nor old</Message></Error>",
       "", "403 SignatureDoesNotMatch: Not \"yours\" &lt; or old"},
      {301, "<Error><Message>elsewhere</Message></Error>", "", "301: elsewhere"},
      {500, "oops", "", "500"},
      {503, "<Error><Code>Slow<b/>Down</Code></Error>", "", "503"},
      {404, "<Error><Code>NoSuchBucket", "", "404"},
      {404, "<Code>\xff\x01</Code>", "", "404 ? "},
      {200, "", "nothing moved for 60 s", "nothing moved for 60 s"},
  };
  for (const auto& row : rows) {
    OutgoingAnswer answer;
    answer.status = row.status;
    answer.body = row.body;
    answer.error = row.error;
    EXPECT_EQ(bucket_failure(answer), row.said) << row.body;
  }
  EXPECT_LE(xml_text("<Code>" + std::string(5'000, 'x') + "</Code>", "Code").size(), 300u);
}

}  // namespace
}  // namespace tally
