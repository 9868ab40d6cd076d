// SPDX-License-Identifier: Apache-2.0
//
// A disk that fails on purpose: real files underneath, with errors at chosen calls.
#pragma once

#include <atomic>
#include <cerrno>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/files.h"

namespace tally {

class FaultyFiles final : public Files {
 public:
  // From now on, the next `count` calls of append() or sync() fail; an append leaves half its
  // bytes.
  void fail_writes(int count) { *faults_ = count; }

  // From now on, the next `count` files cannot be created.
  void fail_creates(int count) { creates_ = count; }

  // From now on, files of this name cannot be opened for reading; "" for none.
  void fail_opens_of(std::string name) {
    const std::lock_guard lock(mutex_);
    not_opened_ = std::move(name);
  }

  // From now on, files of this name can be opened, and of each not a byte behind the first `whole`
  // be read; "" for none.
  void fail_reads_of(std::string name, std::uint64_t whole = 0) {
    const std::lock_guard lock(mutex_);
    not_read_ = std::move(name);
    whole_ = whole;
  }

  // From now on, the next `count` calls of truncate() fail.
  void fail_truncates(int count) { truncates_ = count; }

  // From now on, the next `count` files cannot be replaced, removed or renamed.
  void fail_replaces(int count) { replaces_ = count; }
  void fail_removes(int count) { removes_ = count; }
  void fail_renames(int count) { renames_ = count; }

  Result<std::unique_ptr<AppendFile>> create(const std::filesystem::path& path,
                                             std::uint64_t reserve) override {
    if (creates_ > 0 && creates_-- > 0) return fail_errno("create", ENOSPC);
    TRY_ASSIGN(auto file, real_.create(path, reserve));
    return std::make_unique<FaultyAppendFile>(std::move(file), faults_);
  }
  Result<std::unique_ptr<ReadFile>> open(const std::filesystem::path& path) override {
    const std::lock_guard lock(mutex_);
    if (!not_opened_.empty() && path.filename() == not_opened_) return fail_errno("open", EMFILE);
    TRY_ASSIGN(auto file, real_.open(path));
    if (not_read_.empty() || path.filename() != not_read_) return file;
    return std::make_unique<FaultyReadFile>(std::move(file), whole_);
  }
  Result<void> truncate(const std::filesystem::path& path, std::uint64_t size) override {
    if (truncates_ > 0 && truncates_-- > 0) return fail_errno("truncate", EIO);
    return real_.truncate(path, size);
  }
  Result<void> remove(const std::filesystem::path& path) override {
    if (removes_ > 0 && removes_-- > 0) return fail_errno("remove", EACCES);
    return real_.remove(path);
  }
  Result<void> overwrite(const std::filesystem::path& path, std::uint64_t offset,
                         std::string_view bytes, bool sync) override {
    return real_.overwrite(path, offset, bytes, sync);
  }
  Result<void> replace(const std::filesystem::path& path, std::string_view contents) override {
    if (replaces_ > 0 && replaces_-- > 0) return fail_errno("replace", ENOSPC);
    return real_.replace(path, contents);
  }
  Result<void> rename(const std::filesystem::path& path,
                      const std::filesystem::path& name) override {
    if (renames_ > 0 && renames_-- > 0) return fail_errno("rename", EIO);
    return real_.rename(path, name);
  }
  Result<void> sync_folder(const std::filesystem::path& path) override {
    return real_.sync_folder(path);
  }

 private:
  class FaultyAppendFile final : public AppendFile {
   public:
    FaultyAppendFile(std::unique_ptr<AppendFile> real, std::shared_ptr<std::atomic<int>> faults)
        : real_(std::move(real)), faults_(std::move(faults)) {}
    Result<void> append(std::string_view bytes) override {
      if (!take_fault()) return real_->append(bytes);
      TRY(real_->append(bytes.substr(0, bytes.size() / 2)));
      return fail_errno("append", ENOSPC);
    }
    Result<void> sync() override {
      if (take_fault()) return fail_errno("sync", EIO);
      return real_->sync();
    }
    Result<void> finish() override { return real_->finish(); }

   private:
    bool take_fault() { return *faults_ > 0 && (*faults_)-- > 0; }
    std::unique_ptr<AppendFile> real_;
    std::shared_ptr<std::atomic<int>> faults_;
  };

  class FaultyReadFile final : public ReadFile {
   public:
    FaultyReadFile(std::unique_ptr<ReadFile> real, std::uint64_t whole)
        : real_(std::move(real)), whole_(whole) {}
    Result<std::string> read(std::uint64_t offset, std::size_t size) const override {
      if (offset + size > whole_) return fail_errno("read", EIO);
      return real_->read(offset, size);
    }
    Result<std::uint64_t> size() const override { return real_->size(); }

   private:
    std::unique_ptr<ReadFile> real_;
    const std::uint64_t whole_;
  };

  PosixFiles real_;
  std::shared_ptr<std::atomic<int>> faults_ = std::make_shared<std::atomic<int>>(0);
  std::mutex mutex_;  // of the names and how much of them can be read
  std::string not_opened_, not_read_;
  std::uint64_t whole_ = 0;
  std::atomic<int> creates_{0};
  std::atomic<int> truncates_{0};
  std::atomic<int> replaces_{0};
  std::atomic<int> removes_{0};
  std::atomic<int> renames_{0};
};

}  // namespace tally
