// SPDX-License-Identifier: Apache-2.0
//
// A place for scheduled files in a bucket: a server that speaks S3's protocol, a bucket of it, and
// the prefix that all keys begin with. And what became of a file on its way there.
//
// A bucket is its owner's. What is put there stays until its owner removes it, with one exception:
// an object may not hold clicks that were erased. It is put again from the file that is made anew,
// or deleted where there will be none.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tally {

struct ExportBucket {
  std::string endpoint;  // "https://s3.eu-central-1.amazonaws.com": no path, no usual port
  std::string region = "us-east-1";
  std::string name;
  std::string prefix;  // "a/b"; "": keys begin at the top
  std::string access_key_id;
  std::string secret_access_key;  // as it is: requests are signed with it
  bool path_style = false;        // the bucket's name is in the path, not in the host

  // Where its files go, in one spelling for all: "example/s3/logs/clicks", the host's parts from
  // the top down, the bucket and the prefix. A bucket may be named as one of its server or by a
  // host of its own (logs.s3.example), whose first part then stands where the name would. Hosts
  // that only their owner knows to be one server are two.
  std::string place() const;
  bool same_place(const ExportBucket& other) const { return place() == other.place(); }
  friend bool operator==(const ExportBucket&, const ExportBucket&) = default;
};

inline constexpr std::size_t kMaxBucketPrefix = 512;  // bytes
inline constexpr std::size_t kMaxBucketSecret = 256;

// none: the schedule names no bucket, or its file is not written yet. waiting: to be put. uploaded:
// it is there. stale: what may be there holds erased clicks. deleted: it was, and nothing is there.
// missed: its file was gone before it could be put.
enum class UploadState : std::uint8_t { none, waiting, uploaded, stale, deleted, missed };
inline constexpr std::array<std::string_view, 6> kUploadStateNames = {
    "none", "waiting", "uploaded", "stale", "deleted", "missed"};
constexpr std::string_view to_text(UploadState v) {
  return kUploadStateNames[static_cast<std::size_t>(v)];
}

struct ExportUpload {
  UploadState state = UploadState::none;
  std::uint32_t attempts = 0;  // that failed since one went well
  UnixMillis next_try = 0;
  std::string error;           // of the last one that failed
  UnixMillis uploaded_at = 0;  // 0: never
  friend bool operator==(const ExportUpload&, const ExportUpload&) = default;
};

// How the uploads of a schedule, or of all, stand.
struct UploadStanding {
  std::uint64_t waiting = 0;  // stale ones too
  std::uint64_t overdue = 0;  // of them, those that are tried once a day by now
  std::uint64_t missed = 0;
  std::string error;  // of one that waits
  friend bool operator==(const UploadStanding&, const UploadStanding&) = default;
};

}  // namespace tally
