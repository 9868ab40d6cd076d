// SPDX-License-Identifier: Apache-2.0
//
// What a scheduled file is called in a bucket, and what is said of it there.
//
//   PREFIX/date=2026-11-29/hour=13/2026-11-29T13Z.parquet     the file
//   PREFIX/date=2026-11-29/hour=13/_2026-11-29T13Z.manifest   what is known of it
//
// The folders are partitions as Hive names them, which engines that read buckets find by
// themselves: the day that the period begins with, and of hours the hour. A name that begins with
// "_" is none of theirs, so a manifest is never read as rows. A manifest is put last: who sees it
// sees its file.
#pragma once

#include <string>

#include "links/export_store.h"

namespace tally {

struct BucketKeys {
  std::string file, manifest;
  friend bool operator==(const BucketKeys&, const BucketKeys&) = default;
};

BucketKeys bucket_keys(const ExportBucket& bucket, const ExportSchedule& schedule,
                       const ExportRun& run);

// "s3.eu-central-1.amazonaws.com:8443", with the bucket in front unless its path says it; and the
// path of a key, percent-encoded.
std::string host_of_bucket(const ExportBucket& bucket);
std::string path_in_bucket(const ExportBucket& bucket, const std::string& key);
// "https://…" of the two.
std::string url_in_bucket(const ExportBucket& bucket, const std::string& key);

// As Redshift's COPY … MANIFEST reads it, with all that an event says of the file beside.
std::string bucket_manifest(const ExportBucket& bucket, const ExportSchedule& schedule,
                            const ExportRun& run);

}  // namespace tally
