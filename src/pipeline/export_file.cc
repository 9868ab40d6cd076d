// SPDX-License-Identifier: Apache-2.0
#include "pipeline/export_file.h"

#include <sodium.h>

#include "base/encoding.h"
#include "pipeline/settling.h"

namespace tally {
namespace {

class Sha256 {
 public:
  Sha256() { crypto_hash_sha256_init(&state_); }
  void add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
  }
  std::string hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_, digest.data());
    return tally::hex(as_text(digest));
  }

 private:
  crypto_hash_sha256_state state_;
};

}  // namespace

std::filesystem::path export_file_path(const std::filesystem::path& folder,
                                       const ExportSchedule& schedule, const ExportRun& run) {
  return folder / schedule.workspace.text() / schedule.id.text() /
         (run.period.name + "." + std::string(to_text(schedule.format)));
}

Result<ExportedFile> write_export_file(Files& files, const std::filesystem::path& path,
                                       ExportBody body, const Worker& worker) {
  TRY_ASSIGN(const auto file, files.create(path, 0));
  ExportedFile out;
  Sha256 sum;
  std::string piece = std::move(body.first);
  bool more = true;
  while (more) {
    TRY(file->append(piece));
    sum.add(piece);
    out.bytes += piece.size();
    piece.clear();
    if (worker.stopping()) return stopped();
    more = false;
    if (body.more) {
      TRY_ASSIGN(more, body.more(piece));
    }
  }
  TRY(file->append(piece));
  sum.add(piece);
  out.bytes += piece.size();
  TRY(file->finish());
  out.rows = body.rows();
  out.sha256 = sum.hex();
  return out;
}

}  // namespace tally
