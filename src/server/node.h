// SPDX-License-Identifier: Apache-2.0
//
// What makes a data folder one node: its lock, its number, and the count of its starts.
//
// The start epoch is raised durably before anything is written under it, so two starts never write
// the same shard. The folder's format version is here too: an older program refuses a newer folder.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>

#include "base/files.h"
#include "base/random.h"
#include "base/result.h"
#include "model/hit.h"

namespace tally {

class Node {
 public:
  // Creates the folder if need be, takes its lock for the life of this object (conflict when
  // another process holds it), and counts this start. `lock` is a descriptor that holds the lock
  // already, got from the process that runs there now; -1: none.
  static Result<Node> open(Files& files, Random& random, const std::filesystem::path& data,
                           int lock = -1);

  Node(Node&& other) noexcept;
  Node& operator=(Node&&) = delete;
  ~Node();

  // A further epoch for this process: what it had open under the last one was closed.
  Result<void> count_start(Files& files);
  int lock_descriptor() const { return lock_fd_; }

  std::uint16_t number() const { return number_; }
  std::uint32_t epoch() const { return epoch_; }
  // This node may have given a click that id: it is no other's, nor of a start to come.
  bool may_have(const ClickKey& click) const {
    return click.node == number_ && click.epoch <= epoch_;
  }
  // The secret under which click ids are encoded; made once, readable by its owner only.
  const std::array<unsigned char, 16>& click_id_key() const { return click_id_key_; }

  std::filesystem::path raw_log() const { return data_ / "journal" / "raw"; }
  std::filesystem::path enriched_log() const { return data_ / "journal" / "enriched"; }
  std::filesystem::path unrecorded_file() const { return data_ / "journal" / "unrecorded"; }
  std::filesystem::path cursors() const { return data_ / "cursors"; }
  std::filesystem::path secrets() const { return data_ / "secrets"; }
  std::filesystem::path visitors() const { return data_ / "visitors"; }
  std::filesystem::path engine_data() const { return data_ / "engine"; }
  std::filesystem::path links_file() const { return data_ / "links.db"; }
  // In the data folder, unless its name is too long for a socket's.
  std::filesystem::path engine_socket() const;

 private:
  explicit Node(std::filesystem::path data) : data_(std::move(data)) {}
  Result<void> lock();
  Result<void> load_key(Files& files, Random& random);

  std::filesystem::path data_;
  int lock_fd_ = -1;
  std::uint16_t number_ = 1;
  std::uint32_t epoch_ = 0;
  std::array<unsigned char, 16> click_id_key_{};
};

}  // namespace tally
