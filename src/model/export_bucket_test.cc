// SPDX-License-Identifier: Apache-2.0
#include "model/export_bucket.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(ExportBucket, APlaceHasOneSpelling) {
  struct Row {
    const char* endpoint;
    const char* name;
    const char* prefix;
    bool path_style;
    const char* place;
  };
  for (const Row& row : {
           Row{"https://s3.example", "logs", "a/b", false, "example/s3/logs/a/b"},
           Row{"https://s3.example", "logs", "a/b", true, "example/s3/logs/a/b"},
           Row{"http://s3.example", "logs", "a/b", true, "example/s3/logs/a/b"},
           Row{"https://logs.s3.example", "a", "b", true, "example/s3/logs/a/b"},
           Row{"https://s3.example", "logs", "", false, "example/s3/logs"},
           Row{"https://s3.example", "a", "b", true, "example/s3/a/b"},
           Row{"https://eu.s3.example", "logs", "a/b", false, "example/s3/eu/logs/a/b"},
           Row{"https://s3.example:9000", "logs", "", false, "example:9000/s3/logs"},
           Row{"http://[::1]:9000", "logs", "", true, "[::1]:9000/logs"},
           Row{"http://10.1.2.3:9000", "logs", "", true, "3:9000/2/1/10/logs"},
       }) {
    ExportBucket bucket;
    bucket.endpoint = row.endpoint;
    bucket.name = row.name;
    bucket.prefix = row.prefix;
    bucket.path_style = row.path_style;
    EXPECT_EQ(bucket.place(), row.place);
  }
}

}  // namespace
}  // namespace tally
