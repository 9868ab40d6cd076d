// SPDX-License-Identifier: Apache-2.0
#include "buckets/object.h"

#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "http/client.h"
#include "links/export_json.h"

namespace tally {

BucketKeys bucket_keys(const ExportBucket& bucket, const ExportSchedule& schedule,
                       const ExportRun& run) {
  const std::string& name = run.period.name;
  std::string folder = bucket.prefix.empty() ? "" : bucket.prefix + "/";
  folder += "date=" + first_day(schedule.period, name) + "/";
  if (schedule.period == PeriodKind::hourly) folder += "hour=" + name.substr(11, 2) + "/";
  return {folder + name + "." + std::string(to_text(schedule.format)),
          folder + "_" + name + ".manifest"};
}

std::string host_of_bucket(const ExportBucket& bucket) {
  const std::string host = bucket.endpoint.substr(bucket.endpoint.find("://") + 3);
  return bucket.path_style ? host : bucket.name + "." + host;
}

std::string path_in_bucket(const ExportBucket& bucket, const std::string& key) {
  std::string out = bucket.path_style ? "/" + bucket.name : "";
  for (const std::string_view part : split(key, '/')) out += "/" + percent_encode(part);
  return out;
}

std::string url_in_bucket(const ExportBucket& bucket, const std::string& key) {
  const std::string scheme = bucket.endpoint.substr(0, bucket.endpoint.find("://") + 3);
  return scheme + host_of_bucket(bucket) + path_in_bucket(bucket, key);
}

std::string bucket_manifest(const ExportBucket& bucket, const ExportSchedule& schedule,
                            const ExportRun& run) {
  const bool anew = run.removal == ExportRemoval::erased;
  JsonWriter out;
  out.begin_object()
      .key("entries")
      .begin_array()
      .begin_object()
      .field("url", "s3://" + bucket.name + "/" + bucket_keys(bucket, schedule, run).file)
      .field("mandatory", true)
      .key("meta")
      .begin_object()
      .field("content_length", run.file.bytes);
  if (run.file.rows) out.field("record_count", *run.file.rows);
  out.end_object().end_object().end_array().key("tallymark");
  put_export_event(out, schedule, run, run.file, anew);
  return out.end_object().take();
}

}  // namespace tally
