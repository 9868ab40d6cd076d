// SPDX-License-Identifier: Apache-2.0
#include "buckets/object.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(BucketObject, KeysArePartitionsByDayAndHour) {
  const struct {
    PeriodKind kind;
    const char *period, *prefix, *folder;
  } rows[] = {
      {PeriodKind::hourly, "2026-11-29T03Z", "clicks", "clicks/date=2026-11-29/hour=03/"},
      {PeriodKind::daily, "2026-11-29", "", "date=2026-11-29/"},
      {PeriodKind::weekly, "2026-W48", "a/b", "a/b/date=2026-11-23/"},
      {PeriodKind::monthly, "2026-11", "a/b", "a/b/date=2026-11-01/"},
  };
  for (const auto& row : rows) {
    ExportBucket bucket;
    bucket.prefix = row.prefix;
    ExportSchedule schedule;
    schedule.period = row.kind;
    schedule.format = ExportFormat::parquet;
    ExportRun run;
    run.period.name = row.period;
    const std::string folder = row.folder, name = row.period;
    EXPECT_EQ(bucket_keys(bucket, schedule, run),
              (BucketKeys{folder + name + ".parquet", folder + "_" + name + ".manifest"}));
  }
}

TEST(BucketObject, ABucketIsInTheHostOrInThePath) {
  ExportBucket bucket;
  bucket.endpoint = "https://s3.example:9000";
  bucket.name = "logs";
  EXPECT_EQ(url_in_bucket(bucket, "a b/date=1/ü.csv"),
            "https://logs.s3.example:9000/a%20b/date%3D1/%C3%BC.csv");
  EXPECT_EQ(host_of_bucket(bucket), "logs.s3.example:9000");
  bucket.path_style = true;
  EXPECT_EQ(url_in_bucket(bucket, "a/b"), "https://s3.example:9000/logs/a/b");
  EXPECT_EQ(path_in_bucket(bucket, "a/b"), "/logs/a/b");
}

TEST(BucketObject, AManifestSaysAllThatALoaderAsks) {
  ExportBucket bucket;
  bucket.name = "logs";
  bucket.prefix = "clicks";
  ExportSchedule schedule;
  schedule.id = ExportId{7};
  schedule.name = "Hits";
  ExportRun run;
  run.id = ExportRunId{9};
  run.period = {"2026-11-29", {0, kMillisPerDay}};
  run.file = {"2026-11-29.csv", 1234, 56, std::string(3, 'a'), false};
  EXPECT_EQ(bucket_manifest(bucket, schedule, run),
            R"({"entries":[{"url":"s3://logs/clicks/date=2026-11-29/2026-11-29.csv",)"
            R"("mandatory":true,"meta":{"content_length":1234,"record_count":56}}],)"
            R"("tallymark":{"export_id":"exp_7","name":"Hits","run_id":"exr_9","format":"csv",)"
            R"("period":"daily","by":null,"interval":null,"traffic":"human","filters":{},)"
            R"("raw":false,"of":"2026-11-29","from":"1970-01-01T00:00:00.000Z",)"
            R"("to":"1970-01-02T00:00:00.000Z","anew":false,"file":"2026-11-29.csv",)"
            R"("bytes":1234,"rows":56,"sha256":"aaa","incomplete":false}})");
  run.file.rows.reset();
  run.removal = ExportRemoval::erased;
  const std::string text = bucket_manifest(bucket, schedule, run);
  EXPECT_EQ(text.find("record_count"), std::string::npos);
  EXPECT_NE(text.find(R"("anew":true)"), std::string::npos);
}

}  // namespace
}  // namespace tally
