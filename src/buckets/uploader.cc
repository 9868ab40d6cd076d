// SPDX-License-Identifier: Apache-2.0
#include "buckets/uploader.h"

#include <future>
#include <utility>

#include "base/log.h"
#include "base/threads.h"
#include "buckets/answer.h"
#include "buckets/object.h"
#include "buckets/signature.h"
#include "model/delivery_schedule.h"

namespace tally {
namespace {

using std::chrono::hours, std::chrono::milliseconds, std::chrono::seconds;

constexpr milliseconds kLook{5'000};
constexpr seconds kStall{60};
constexpr hours kLongestUpload{6};
constexpr seconds kTestTimeout{10};
constexpr int kNotFound = 404;
constexpr std::string_view kTestBody = "Tallymark was here, and will be gone in a moment.\n";
constexpr std::string_view kAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

// A request about `key`, signed for now. What it carries is the caller's to add.
OutgoingRequest signed_request(const ExportBucket& bucket, std::string method,
                               const std::string& key, std::string_view sha256,
                               std::string_view type, UnixMillis now) {
  UnsignedRequest plain;
  const std::string host = host_of_bucket(bucket), path = path_in_bucket(bucket, key);
  plain.method = method;
  plain.host = host;
  plain.path = path;
  plain.payload_sha256 = sha256;
  if (!type.empty()) plain.headers.emplace_back("Content-Type", type);
  OutgoingRequest out;
  out.headers =
      signed_headers(plain, {bucket.access_key_id, bucket.secret_access_key, bucket.region}, now);
  out.method = std::move(method);
  out.url = url_in_bucket(bucket, key);
  out.timeout = kLongestUpload;
  out.stall = kStall;
  return out;
}

OutgoingRequest put_text(const ExportBucket& bucket, const std::string& key, std::string text,
                         std::string_view type, UnixMillis now) {
  OutgoingRequest out = signed_request(bucket, "PUT", key, sha256_of(text), type, now);
  out.body = std::make_shared<const std::string>(std::move(text));
  return out;
}

OutgoingRequest delete_object(const ExportBucket& bucket, const std::string& key, UnixMillis now) {
  return signed_request(bucket, "DELETE", key, sha256_of({}), {}, now);
}

}  // namespace

BucketUploader::BucketUploader(Deps deps, OutgoingOptions options)
    : deps_(std::move(deps)), outgoing_(std::make_unique<Outgoing>(std::move(options))) {}

void BucketUploader::start() {
  worker_.start("buckets", [this] { run(); });
}

// What is under way ends, and is put again by the next start.
void BucketUploader::stop() {
  outgoing_->stop();
  worker_.stop();
}

void BucketUploader::run() {
  stand_back();
  std::string said;  // of a trouble that may last: once
  do {
    const auto done = step();
    const std::string trouble = done ? std::string() : done.error().line();
    if (!done && trouble != said) log_warn("uploads wait: {}", trouble);
    said = trouble;
  } while (worker_.pause(kLook));
}

Result<void> BucketUploader::step() {
  TRY(take_answers());
  TRY_ASSIGN(const auto due, deps_.exports.uploads_due(deps_.clock.now_ms()));
  for (const ScheduledRun& what : due)
    if (what.schedule.bucket && !jobs_.contains(what.schedule.id)) TRY(begin(what));
  TRY_ASSIGN(UploadStanding now, deps_.exports.uploads());
  const std::lock_guard lock(mutex_);
  standing_ = std::move(now);
  return {};
}

Result<void> BucketUploader::take_answers() {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  Result<void> out;  // of the first that has some trouble: each is taken
  for (const Answer& each : answers) {
    const auto job = jobs_.find(each.schedule);
    if (job == jobs_.end()) continue;
    bool done = true;
    const auto taken = take(job->second, each.answer, done);
    if (done) jobs_.erase(job);
    if (!taken && out) out = taken;
  }
  return out;
}

Result<void> BucketUploader::take(Job& job, const OutgoingAnswer& answer, bool& done) {
  if (answer.stopped) return {};
  const bool gone = job.deletes() && answer.error.empty() && answer.status == kNotFound;
  if (const std::string error = gone ? "" : bucket_failure(answer); !error.empty())
    return put_off(job, error, answer);
  if (!std::exchange(job.second, true)) {
    // Meanwhile its clicks may have been erased: what was put is no file then.
    TRY_ASSIGN(const bool wanted, deps_.exports.is_due_as_read(job.what));
    done = !wanted;
    if (wanted) send(job, nullptr);
    return {};
  }
  const std::string key =
      bucket_keys(*job.what.schedule.bucket, job.what.schedule, job.what.run).file;
  if (job.deletes()) {
    TRY_ASSIGN(const bool withdrawn, deps_.exports.withdrawn(job.what));
    if (withdrawn) log_info("{}: {} is deleted", job.what.schedule.id.text(), key);
    return {};
  }
  TRY_ASSIGN(const bool noted, deps_.exports.uploaded(job.what, deps_.clock.now_ms()));
  if (!noted) return {};  // another file by now: the next look sees it
  ++uploaded_;
  log_info("{}: {} is in its bucket", job.what.schedule.id.text(), key);
  return {};
}

Result<void> BucketUploader::begin(ScheduledRun what) {
  Job job{std::move(what)};
  std::shared_ptr<const ReadFile> file;
  if (!job.deletes()) {
    if (job.what.run.file.bytes > kMaxObjectBytes)
      return put_off(job, "a file of more than 5 GiB cannot be put: choose a shorter period", {});
    auto opened = deps_.open(job.what.schedule, job.what.run);
    if (!opened) return put_off(job, opened.error().line(), {});
    file = std::move(*opened);
  }
  const Job& begun = jobs_.emplace(job.what.schedule.id, std::move(job)).first->second;
  send(begun, std::move(file));
  return {};
}

void BucketUploader::send(const Job& job, std::shared_ptr<const ReadFile> file) {
  outgoing_->send(request_of(job, std::move(file)),
                  [this, id = job.what.schedule.id](OutgoingAnswer answer) {
                    const std::lock_guard lock(mutex_);
                    answers_.push_back({id, std::move(answer)});
                    worker_.wake();
                  });
}

OutgoingRequest BucketUploader::request_of(const Job& job,
                                           std::shared_ptr<const ReadFile> file) const {
  const auto& [schedule, run] = job.what;
  const ExportBucket& bucket = *schedule.bucket;
  const BucketKeys keys = bucket_keys(bucket, schedule, run);
  const UnixMillis now = deps_.clock.now_ms();
  if (job.deletes()) return delete_object(bucket, job.second ? keys.file : keys.manifest, now);
  if (job.second)
    return put_text(bucket, keys.manifest, bucket_manifest(bucket, schedule, run),
                    "application/json", now);
  OutgoingRequest out =
      signed_request(bucket, "PUT", keys.file, run.file.sha256, media_type(schedule.format), now);
  out.file = std::move(file);
  out.file_bytes = run.file.bytes;
  return out;
}

Result<void> BucketUploader::put_off(const Job& job, const std::string& error,
                                     const OutgoingAnswer& answer) {
  ++failures_;
  const ExportRun& run = job.what.run;
  if (run.upload.attempts == 0)
    log_warn("{}: {} is not in its bucket yet: {}", job.what.schedule.id.text(), run.period.name,
             error);
  const UnixMillis now = deps_.clock.now_ms();
  const UnixMillis wait = retry_delay(run.upload.attempts + 1, deps_.random,
                                      read_retry_after(answer.header("retry-after"), now))
                              .value_or(kMillisPerDay);
  return deps_.exports.postpone_upload(job.what, error, now + wait);
}

UploadStanding BucketUploader::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

BucketAnswer BucketUploader::ask(OutgoingRequest request) {
  request.timeout = kTestTimeout;
  // Shared: the other thread may still be in set_value() when this one goes on.
  const auto promise = std::make_shared<std::promise<OutgoingAnswer>>();
  outgoing_->send(std::move(request),
                  [promise](OutgoingAnswer answer) { promise->set_value(std::move(answer)); });
  const OutgoingAnswer answer = promise->get_future().get();
  return {answer.status, bucket_failure(answer), answer.took.count()};
}

BucketTrial BucketUploader::test(const ExportBucket& bucket) {
  BucketTrial out;
  out.key = (bucket.prefix.empty() ? "" : bucket.prefix + "/") + "_tallymark-test-" +
            deps_.random.text(12, kAlphabet);
  out.put = ask(put_text(bucket, out.key, std::string(kTestBody), "text/plain; charset=utf-8",
                         deps_.clock.now_ms()));
  if (out.put.error.empty())
    out.deleted = ask(delete_object(bucket, out.key, deps_.clock.now_ms()));
  return out;
}

}  // namespace tally
