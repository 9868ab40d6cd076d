// SPDX-License-Identifier: Apache-2.0
#include "pipeline/erase_job.h"

#include "base/bytes.h"
#include "base/state_file.h"

namespace tally {
namespace {

constexpr StateFormat kFormat{"TALLYERS", 1, "a list of erases"};

void put_job(std::string& out, const EraseJob& job) {
  put_varint(out, job.id.value);
  put_fixed(out, job.what.workspace.value);
  put_fixed(out, job.what.range.from);
  put_fixed(out, job.what.range.to);
  put_fixed(out, job.what.link.value_or(LinkId{}).value);
  put_varint(out, job.what.visitors.size());
  for (const std::uint64_t visitor : job.what.visitors) put_fixed(out, visitor);
  put_fixed(out, static_cast<std::uint8_t>((job.of_visitor ? 1 : 0) | (job.resumed ? 2 : 0)));
  put_fixed(out, static_cast<std::uint8_t>(job.state));
  put_fixed(out, job.created_at);
  put_fixed(out, job.finished_at.value_or(0));
  put_varint(out, job.clicks);
  put_varint(out, job.views);
  put_varint(out, job.conversions);
  put_varint(out, job.days.size());
  for (const std::int64_t day : job.days) put_fixed(out, day);
  put_text(out, job.error);
}

EraseJob get_job(ByteReader& in, bool& known) {
  EraseJob job;
  job.id.value = in.varint();
  job.what.workspace.value = in.fixed<std::uint64_t>();
  job.what.range.from = in.fixed<UnixMillis>();
  job.what.range.to = in.fixed<UnixMillis>();
  if (const auto link = in.fixed<std::uint64_t>(); link != 0) job.what.link = LinkId{link};
  const std::uint64_t visitors = in.varint();
  for (std::uint64_t i = 0; i < visitors && in.ok(); ++i)
    job.what.visitors.push_back(in.fixed<std::uint64_t>());
  const auto flags = in.fixed<std::uint8_t>();
  job.of_visitor = (flags & 1) != 0;
  job.resumed = (flags & 2) != 0;
  const auto state = in.fixed<std::uint8_t>();
  known = known && state < kEraseStateNames.size();
  if (known) job.state = static_cast<EraseState>(state);
  job.created_at = in.fixed<UnixMillis>();
  if (const auto at = in.fixed<UnixMillis>(); at != 0) job.finished_at = at;
  job.clicks = in.varint();
  job.views = in.varint();
  job.conversions = in.varint();
  const std::uint64_t days = in.varint();
  for (std::uint64_t i = 0; i < days && in.ok(); ++i) job.days.push_back(in.fixed<std::int64_t>());
  job.error = std::string(in.text());
  // Damage must never widen what is erased: an open job means a link or a person.
  known = known && (is_over(job.state) || !job.what.is_everything());
  return job;
}

}  // namespace

std::string encode_erase_jobs(const std::vector<EraseJob>& jobs) {
  std::string body;
  put_varint(body, jobs.size());
  for (const EraseJob& job : jobs) put_job(body, job);
  return seal_state(kFormat, body);
}

Result<std::vector<EraseJob>> decode_erase_jobs(std::string_view bytes) {
  TRY_ASSIGN(const StateBody body, open_state(kFormat, bytes));
  ByteReader in(body.bytes);
  std::vector<EraseJob> out;
  bool known = true;
  const std::uint64_t jobs = in.varint();
  for (std::uint64_t i = 0; i < jobs && in.ok(); ++i) out.push_back(get_job(in, known));
  if (!in.ok() || !in.at_end() || !known) return kFormat.corrupt();
  return out;
}

Result<std::vector<EraseJob>> load_erase_jobs(Files& files, const std::filesystem::path& path) {
  const auto bytes = files.read_all(path);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::vector<EraseJob>{};
  if (!bytes) return std::unexpected(bytes.error());
  auto jobs = decode_erase_jobs(*bytes);
  if (!jobs) return std::unexpected(std::move(jobs).error().within(path.string()));
  return jobs;
}

}  // namespace tally
