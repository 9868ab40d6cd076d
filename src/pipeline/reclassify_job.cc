// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reclassify_job.h"

#include "base/bytes.h"
#include "base/state_file.h"

namespace tally {
namespace {

constexpr StateFormat kFormat{"TALLYRCL", 2, "a list of reclassifications"};
constexpr std::uint16_t kFirstVersion = 1;  // jobs do not say which links they keep

template <class Kind, std::size_t N>
Kind get_kind(ByteReader& in, const std::array<std::string_view, N>& names, bool& known) {
  const auto number = in.fixed<std::uint8_t>();
  known = known && number < names.size();
  return static_cast<Kind>(number < names.size() ? number : 0);
}

void put_job(std::string& out, const ReclassifyJob& job) {
  const ReclassifyRequest& request = job.request;
  put_varint(out, job.id.value);
  put_fixed(out, request.workspace.value);
  put_fixed(out, request.range.from);
  put_fixed(out, request.range.to);
  put_fixed(out, request.link.value_or(LinkId{}).value);
  put_fixed(out, static_cast<std::uint8_t>((request.release_suspects ? 1 : 0) |
                                           (request.dry_run ? 2 : 0) | (job.resumed ? 4 : 0)));
  put_fixed(out, static_cast<std::uint8_t>(job.state));
  put_fixed(out, job.created_at);
  put_fixed(out, job.finished_at.value_or(0));
  put_varint(out, job.examined);
  put_varint(out, job.by.size());
  for (const ReclassifyChange& change : job.by) {
    put_fixed(out, static_cast<std::uint8_t>(change.from));
    put_text(out, change.from_reason);
    put_fixed(out, static_cast<std::uint8_t>(change.to));
    put_text(out, change.to_reason);
    put_varint(out, change.hits);
  }
  put_varint(out, job.days.size());
  for (const std::int64_t day : job.days) put_fixed(out, day);
  put_varint(out, job.kept_links.size());
  for (const LinkId link : job.kept_links) put_varint(out, link.value);
  put_text(out, job.error);
}

ReclassifyJob get_job(ByteReader& in, std::uint16_t version, bool& known) {
  ReclassifyJob job;
  ReclassifyRequest& request = job.request;
  job.id.value = in.varint();
  request.workspace.value = in.fixed<std::uint64_t>();
  request.range.from = in.fixed<UnixMillis>();
  request.range.to = in.fixed<UnixMillis>();
  if (const auto link = in.fixed<std::uint64_t>(); link != 0) request.link = LinkId{link};
  const auto flags = in.fixed<std::uint8_t>();
  request.release_suspects = (flags & 1) != 0;
  request.dry_run = (flags & 2) != 0;
  job.resumed = (flags & 4) != 0;
  job.state = get_kind<JobState>(in, kJobStateNames, known);
  job.created_at = in.fixed<UnixMillis>();
  if (const auto at = in.fixed<UnixMillis>(); at != 0) job.finished_at = at;
  job.examined = in.varint();
  const std::uint64_t changes = in.varint();
  for (std::uint64_t i = 0; i < changes && in.ok(); ++i) {
    ReclassifyChange& change = job.by.emplace_back();
    change.from = get_kind<Traffic>(in, kTrafficNames, known);
    change.from_reason = std::string(in.text());
    change.to = get_kind<Traffic>(in, kTrafficNames, known);
    change.to_reason = std::string(in.text());
    change.hits = in.varint();
  }
  const std::uint64_t days = in.varint();
  for (std::uint64_t i = 0; i < days && in.ok(); ++i) job.days.push_back(in.fixed<std::int64_t>());
  const std::uint64_t kept = version == kFirstVersion ? 0 : in.varint();
  for (std::uint64_t i = 0; i < kept && in.ok(); ++i) job.kept_links.push_back(LinkId{in.varint()});
  job.error = std::string(in.text());
  return job;
}

}  // namespace

std::uint64_t ReclassifyJob::changed() const {
  std::uint64_t out = 0;
  for (const ReclassifyChange& change : by) out += change.hits;
  return out;
}

std::string encode_reclassify_state(const ReclassifyState& state) {
  std::string body;
  put_varint(body, state.jobs.size());
  for (const ReclassifyJob& job : state.jobs) put_job(body, job);
  put_varint(body, state.open_days.size());
  for (const OpenDay& open : state.open_days) {
    put_fixed(body, open.workspace.value);
    put_fixed(body, open.day);
  }
  return seal_state(kFormat, body);
}

Result<ReclassifyState> decode_reclassify_state(std::string_view bytes) {
  TRY_ASSIGN(const StateBody body, open_state(kFormat, bytes));
  ByteReader in(body.bytes);
  ReclassifyState out;
  bool known = true;
  const std::uint64_t jobs = in.varint();
  for (std::uint64_t i = 0; i < jobs && in.ok(); ++i)
    out.jobs.push_back(get_job(in, body.version, known));
  const std::uint64_t days = in.varint();
  for (std::uint64_t i = 0; i < days && in.ok(); ++i) {
    OpenDay& open = out.open_days.emplace_back();
    open.workspace.value = in.fixed<std::uint64_t>();
    open.day = in.fixed<std::int64_t>();
  }
  if (!in.ok() || !in.at_end() || !known) return kFormat.corrupt();
  return out;
}

Result<ReclassifyState> load_reclassify_state(Files& files, const std::filesystem::path& path) {
  const auto bytes = files.read_all(path);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return ReclassifyState{};
  if (!bytes) return std::unexpected(bytes.error());
  auto state = decode_reclassify_state(*bytes);
  if (!state) return std::unexpected(std::move(state).error().within(path.string()));
  return state;
}

}  // namespace tally
