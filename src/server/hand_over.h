// SPDX-License-Identifier: Apache-2.0
//
// A new process takes the place of the running one without anybody being refused.
//
// Both talk over a Unix socket in the data folder, one message at a time:
//
//   new -> old   hello       with the version of these messages
//   old -> new   lock        the descriptor that holds the data folder's lock: it is held by one of
//                            them, or both, at every moment
//                            (the new one counts its start and reads all links; the old one works)
//   new -> old   ready       the old one stops console, enrichment, shipping and the engine, while
//                            it goes on answering links; then its edge answers what it has read
//   old -> new   sockets     what listens: the console's, then the links'
//   old -> new   connections some, with the bytes received of requests not answered; repeated
//   old -> new   done        nothing in the data folder is in the old one's hands any more
//
// The new one then answers where the old one stopped. In between, for some milliseconds, new
// connections wait in the kernel's queue and requests in their sockets. A new process that goes
// away before `done` changes nothing: the old one takes its work up again.
//
// Only a process of the same user (or root) is listened to.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"
#include "redirect/open_connection.h"
#include "redirect/waker.h"

namespace tally {

// What the old process leaves.
struct Inheritance {
  Socket console;
  EdgeEstate edge;
};

// The old process's side.
class HandOverDoor {
 public:
  // `addresses` is told to whoever knocks. `wanted` is called, from a thread of the door, when a
  // new process is ready to take over.
  static Result<std::unique_ptr<HandOverDoor>> open(const std::filesystem::path& data, int lock,
                                                    std::string addresses,
                                                    std::function<void()> wanted);
  // Removes the socket, unless it was handed over.
  ~HandOverDoor();
  HandOverDoor(const HandOverDoor&) = delete;
  HandOverDoor& operator=(const HandOverDoor&) = delete;

  // Somebody waits who is ready and still there.
  bool taker_waits() const;
  // Sends everything. On an error the new process has not begun and never will.
  Result<void> give(const Inheritance& inheritance);
  // Last of all, when nothing in the data folder is ours.
  Result<void> say_done();
  // Sends the new process away and listens for the next.
  void dismiss();

 private:
  HandOverDoor(std::filesystem::path data, Socket listener, int lock, std::string addresses,
               Waker waker, std::function<void()> wanted);
  void run();
  bool meet(const Socket& taker) const;

  const std::filesystem::path data_;
  const Socket listener_;
  const int lock_;
  const std::string addresses_;
  const Waker waker_;  // rung to end the thread, or to make it look again
  const std::function<void()> wanted_;
  Socket taker_;  // the thread's until busy_, then whoever calls the functions above
  std::atomic<bool> busy_{false};
  std::atomic<bool> stopping_{false};
  bool done_ = false;
  std::thread thread_;
};

// The new process's side.
class TakeOver {
 public:
  // Nothing when no process listens in this folder.
  static Result<std::optional<TakeOver>> begin(const std::filesystem::path& data);

  // What the old process was told to say of its addresses.
  const std::string& addresses() const { return addresses_; }
  // The lock's descriptor; the caller owns it.
  int take_lock() { return lock_.release(); }
  // Tells the old process to go, and waits until it has.
  Result<Inheritance> finish();

 private:
  explicit TakeOver(Socket peer) : peer_(std::move(peer)) {}
  Socket peer_;
  Socket lock_;
  std::string addresses_;
};

}  // namespace tally
