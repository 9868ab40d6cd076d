// SPDX-License-Identifier: Apache-2.0
//
// A disk with one file on it, in memory: for tests that read the same bytes with tens of thousands
// of small changes. Whatever its path, every call means that file.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/files.h"

namespace tally {

class MemoryFile final : public Files {
 public:
  explicit MemoryFile(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string& bytes() { return bytes_; }

  Result<std::unique_ptr<ReadFile>> open(const std::filesystem::path&) override {
    return std::make_unique<Reader>(bytes_);
  }
  Result<void> truncate(const std::filesystem::path&, std::uint64_t size) override {
    bytes_.resize(size);
    return {};
  }
  Result<void> overwrite(const std::filesystem::path&, std::uint64_t offset, std::string_view bytes,
                         bool) override {
    bytes_.replace(offset, bytes.size(), bytes);
    return {};
  }
  Result<void> replace(const std::filesystem::path&, std::string_view contents) override {
    bytes_ = contents;
    return {};
  }
  Result<void> rename(const std::filesystem::path&, const std::filesystem::path&) override {
    return {};
  }
  Result<void> sync_folder(const std::filesystem::path&) override { return {}; }
  Result<std::unique_ptr<AppendFile>> create(const std::filesystem::path&, std::uint64_t) override {
    return fail(ErrorCode::conflict, "the file is there");
  }
  Result<void> remove(const std::filesystem::path&) override {
    bytes_.clear();
    return {};
  }

 private:
  class Reader final : public ReadFile {
   public:
    explicit Reader(const std::string& bytes) : bytes_(bytes) {}
    Result<std::string> read(std::uint64_t offset, std::size_t size) const override {
      return offset < bytes_.size() ? bytes_.substr(offset, size) : std::string();
    }
    Result<std::uint64_t> size() const override { return bytes_.size(); }

   private:
    const std::string& bytes_;
  };

  std::string bytes_;
};

}  // namespace tally
