// SPDX-License-Identifier: Apache-2.0
#include "server/node.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"

namespace tally {
namespace {

constexpr unsigned kDataFormat = 1;

// The value of `name=` in a file of such lines.
template <class T>
std::optional<T> value_of(std::string_view contents, std::string_view name) {
  for (const std::string_view line : split(contents, '\n'))
    if (line.starts_with(name) && line.substr(name.size()).starts_with('='))
      return parse_number<T>(line.substr(name.size() + 1));
  return std::nullopt;
}

}  // namespace

Result<Node> Node::open(Files& files, Random& random, const std::filesystem::path& data, int lock) {
  Node node(data);
  node.lock_fd_ = lock;
  TRY(make_directory(data));
  TRY(node.lock());
  for (const auto& folder :
       {node.raw_log(), node.enriched_log(), node.cursors(), node.secrets(), node.engine_data()}) {
    TRY(make_directory(folder));
  }
  TRY(node.count_start(files));
  TRY(node.load_key(files, random));
  return node;
}

Node::Node(Node&& other) noexcept
    : data_(std::move(other.data_)),
      lock_fd_(std::exchange(other.lock_fd_, -1)),
      number_(other.number_),
      epoch_(other.epoch_),
      click_id_key_(other.click_id_key_) {}

Node::~Node() {
  if (lock_fd_ >= 0) ::close(lock_fd_);
}

std::filesystem::path Node::engine_socket() const {
  constexpr std::size_t kLongest = sizeof(sockaddr_un::sun_path) - 1;
  auto beside = std::filesystem::absolute(data_ / "engine.sock");
  if (beside.string().size() <= kLongest) return beside;
  return std::filesystem::temp_directory_path() /
         fmt::format("tallymark-engine-{}.sock", ::getpid());
}

Result<void> Node::lock() {
  const auto path = data_ / "lock";
  if (lock_fd_ < 0) lock_fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_fd_ < 0) return fail_errno("open '" + path.string() + "'", errno);
  if (::flock(lock_fd_, LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorCode::conflict,
                "another tallymark is running on the data folder '" + data_.string() + "'",
                "stop it, or choose another folder with --data");
  return {};
}

Result<void> Node::count_start(Files& files) {
  const auto path = data_ / "node";
  const auto contents = files.read_all(path);
  if (!contents && contents.error().code != ErrorCode::not_found)
    return std::unexpected(contents.error());
  if (contents) {
    const auto format = value_of<unsigned>(*contents, "format");
    const auto number = value_of<std::uint16_t>(*contents, "node");
    const auto epoch = value_of<std::uint32_t>(*contents, "epoch");
    if (format && *format > kDataFormat)
      return fail(ErrorCode::conflict,
                  fmt::format("the data folder '{}' has format {}, newer than this program's {}",
                              data_.string(), *format, kDataFormat),
                  "start the newer tallymark that wrote it");
    if (!format || !number || !epoch)
      return fail(ErrorCode::corrupt, "'" + path.string() + "' is damaged",
                  "restore it from a backup: it must never count backwards");
    number_ = *number;
    epoch_ = *epoch;
  }
  ++epoch_;
  return files.replace(path,
                       fmt::format("format={}\nnode={}\nepoch={}\n", kDataFormat, number_, epoch_));
}

Result<void> Node::load_key(Files& files, Random& random) {
  const auto path = secrets() / "click_id.key";
  auto contents = files.read_all(path);
  if (!contents) {
    if (contents.error().code != ErrorCode::not_found) return std::unexpected(contents.error());
    random.fill(std::as_writable_bytes(std::span(click_id_key_)));
    return files.replace(
        path, {reinterpret_cast<const char*>(click_id_key_.data()), click_id_key_.size()});
  }
  if (contents->size() != click_id_key_.size())
    return fail(ErrorCode::corrupt, "'" + path.string() + "' is damaged",
                "restore it from a backup: click ids given out before depend on it");
  std::ranges::copy(*contents, click_id_key_.begin());
  return {};
}

}  // namespace tally
