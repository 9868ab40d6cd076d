// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace tally {
namespace {

// A build with this set says that a log was synced when it was not: the power cuts must catch it.
#ifdef TALLY_MUTANT_SYNC_REMOVED
constexpr bool kSyncRemoved = true;
#else
constexpr bool kSyncRemoved = false;
#endif

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

Result<Descriptor> open_file(const std::filesystem::path& path, int flags, mode_t mode = 0) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  if (fd < 0) return fail_errno("open " + quoted(path), errno);
  return Descriptor(fd);
}

Result<void> sync_directory(const std::filesystem::path& path) {
  const auto directory = path.empty() ? std::filesystem::path(".") : path;
  TRY_ASSIGN(const Descriptor fd, open_file(directory, O_RDONLY | O_DIRECTORY));
  if (::fsync(fd.get()) != 0) return fail_errno("sync folder " + quoted(directory), errno);
  return {};
}

Result<void> write_all(int fd, std::uint64_t offset, std::string_view bytes,
                       const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0) {
      if (errno == EINTR) continue;
      return fail_errno("write " + quoted(path), errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

class PosixAppendFile final : public AppendFile {
 public:
  PosixAppendFile(Descriptor fd, std::filesystem::path path)
      : fd_(std::move(fd)), path_(std::move(path)) {}

  Result<void> append(std::string_view bytes) override {
    TRY(write_all(fd_.get(), end_, bytes, path_));
    end_ += bytes.size();
    return {};
  }

  Result<void> sync() override {
    if (!kSyncRemoved && ::fdatasync(fd_.get()) != 0)
      return fail_errno("sync " + quoted(path_), errno);
    return {};
  }

  Result<void> finish() override {
    if (::ftruncate(fd_.get(), static_cast<off_t>(end_)) != 0)
      return fail_errno("truncate " + quoted(path_), errno);
    if (::fsync(fd_.get()) != 0) return fail_errno("sync " + quoted(path_), errno);
    return {};
  }

 private:
  Descriptor fd_;
  std::filesystem::path path_;
  std::uint64_t end_ = 0;
};

class PosixReadFile final : public ReadFile {
 public:
  PosixReadFile(Descriptor fd, std::filesystem::path path)
      : fd_(std::move(fd)), path_(std::move(path)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t size) const override {
    std::string out(size, '\0');
    std::size_t have = 0;
    while (have < size) {
      const ssize_t got =
          ::pread(fd_.get(), out.data() + have, size - have, static_cast<off_t>(offset + have));
      if (got < 0) {
        if (errno == EINTR) continue;
        return fail_errno("read " + quoted(path_), errno);
      }
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    out.resize(have);
    return out;
  }

  Result<std::uint64_t> size() const override {
    struct stat info{};
    if (::fstat(fd_.get(), &info) != 0) return fail_errno("stat " + quoted(path_), errno);
    return static_cast<std::uint64_t>(info.st_size);
  }

 private:
  Descriptor fd_;
  std::filesystem::path path_;
};

}  // namespace

Result<std::string> Files::read_all(const std::filesystem::path& path) {
  TRY_ASSIGN(const auto file, open(path));
  TRY_ASSIGN(const std::uint64_t size, file->size());
  return file->read(0, size);
}

Result<std::unique_ptr<AppendFile>> PosixFiles::create(const std::filesystem::path& path,
                                                       std::uint64_t reserve) {
  TRY_ASSIGN(Descriptor fd, open_file(path, O_WRONLY | O_CREAT | O_EXCL, 0600));
  if (reserve > 0 && ::fallocate(fd.get(), 0, 0, static_cast<off_t>(reserve)) != 0 &&
      errno != EOPNOTSUPP) {
    auto failed = fail_errno("reserve " + quoted(path), errno);
    ::unlink(path.c_str());
    return failed;
  }
  if (auto synced = sync_directory(path.parent_path()); !synced) {
    ::unlink(path.c_str());
    return std::unexpected(std::move(synced).error());
  }
  return std::make_unique<PosixAppendFile>(std::move(fd), path);
}

Result<std::unique_ptr<ReadFile>> PosixFiles::open(const std::filesystem::path& path) {
  TRY_ASSIGN(Descriptor fd, open_file(path, O_RDONLY));
  return std::make_unique<PosixReadFile>(std::move(fd), path);
}

Result<void> PosixFiles::truncate(const std::filesystem::path& path, std::uint64_t size) {
  TRY_ASSIGN(const Descriptor fd, open_file(path, O_WRONLY));
  if (::ftruncate(fd.get(), static_cast<off_t>(size)) != 0)
    return fail_errno("truncate " + quoted(path), errno);
  if (::fsync(fd.get()) != 0) return fail_errno("sync " + quoted(path), errno);
  return {};
}

Result<void> PosixFiles::remove(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0) return fail_errno("remove " + quoted(path), errno);
  return sync_directory(path.parent_path());
}

Result<void> PosixFiles::overwrite(const std::filesystem::path& path, std::uint64_t offset,
                                   std::string_view bytes, bool sync) {
  TRY_ASSIGN(const Descriptor fd, open_file(path, O_WRONLY));
  TRY(write_all(fd.get(), offset, bytes, path));
  if (sync && ::fdatasync(fd.get()) != 0) return fail_errno("sync " + quoted(path), errno);
  return {};
}

Result<void> PosixFiles::replace(const std::filesystem::path& path, std::string_view contents) {
  auto beside = path;
  beside += ".new";
  {
    TRY_ASSIGN(const Descriptor fd, open_file(beside, O_WRONLY | O_CREAT | O_TRUNC, 0600));
    TRY(write_all(fd.get(), 0, contents, beside));
    if (::fsync(fd.get()) != 0) return fail_errno("sync " + quoted(beside), errno);
  }
  return rename(beside, path);
}

Result<void> PosixFiles::rename(const std::filesystem::path& path,
                                const std::filesystem::path& name) {
  if (::rename(path.c_str(), name.c_str()) != 0) return fail_errno("rename " + quoted(path), errno);
  return sync_directory(name.parent_path());
}

Result<void> PosixFiles::sync_folder(const std::filesystem::path& path) {
  return sync_directory(path);
}

Result<void> make_directory(const std::filesystem::path& path) {
  const auto normal = std::filesystem::absolute(path).lexically_normal();
  std::filesystem::path so_far;
  for (const auto& part : normal) {
    so_far /= part;
    if (part.empty() || so_far == so_far.root_path()) continue;
    if (::mkdir(so_far.c_str(), 0700) == 0) {
      TRY(sync_directory(so_far.parent_path()));
    } else if (errno != EEXIST) {
      return fail_errno("create folder " + quoted(so_far), errno);
    }
  }
  if (!std::filesystem::is_directory(normal))
    return fail(ErrorCode::conflict, quoted(normal) + " is not a folder");
  return {};
}

Result<std::vector<std::string>> list_directory(const std::filesystem::path& path) {
  std::error_code error;
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator it(path, error), end; !error && it != end;
       it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  if (error) return fail_errno("list folder " + quoted(path), error.value());
  std::ranges::sort(names);
  return names;
}

}  // namespace tally
