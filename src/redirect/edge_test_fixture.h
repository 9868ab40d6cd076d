// SPDX-License-Identifier: Apache-2.0
//
// A client on a raw socket, and a links listener with a real journal, for the tests of the loop.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <semaphore>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "journal/follower.h"
#include "redirect/edge.h"
#include "redirect/responder_fixture.h"

namespace tally {

class EdgeClient {
 public:
  explicit EdgeClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{10, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    EXPECT_EQ(::connect(socket_.get(), reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }

  void send(std::string_view bytes) {
    EXPECT_EQ(::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }

  // False when the server has closed.
  bool try_send(std::string_view bytes) {
    return ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }

  // Until the server closes.
  std::string receive_all() {
    std::string all;
    char buffer[16384];
    for (ssize_t got = 0; (got = ::recv(socket_.get(), buffer, sizeof buffer, 0)) > 0;)
      all.append(buffer, static_cast<std::size_t>(got));
    return all;
  }

  void end_sending() { ::shutdown(socket_.get(), SHUT_WR); }

  // Until `count` heads have come, or the server closes.
  std::string receive(std::size_t count) {
    std::string all;
    char buffer[4096];
    while (heads(all) < count) {
      const ssize_t got = ::recv(socket_.get(), buffer, sizeof buffer, 0);
      if (got <= 0) break;
      all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
  }

  bool closed() {
    char byte = 0;
    return ::recv(socket_.get(), &byte, 1, 0) == 0;
  }

  // Statuses in the order in which the heads of `text` say them.
  static std::vector<std::string> statuses(std::string_view text) {
    std::vector<std::string> out;
    for (auto at = text.find("HTTP/1.1 "); at != std::string_view::npos;
         at = text.find("HTTP/1.1 ", at + 1))
      out.emplace_back(text.substr(at + 9, 3));
    return out;
  }

  static std::size_t heads(std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find("HTTP/1.1 "); at != std::string_view::npos;
         at = text.find("HTTP/1.1 ", at + 1))
      if (text.find("\r\n\r\n", at) != std::string_view::npos) ++count;
    return count;
  }

 private:
  Socket socket_;
};

inline constexpr std::string_view kGet = "GET /promo HTTP/1.1\r\nHost: a\r\n\r\n";

// One link, /promo.
class EdgeFixture {
 protected:
  explicit EdgeFixture(Durability durability) {
    Link link;
    link.id = {1};
    link.workspace = {1};
    link.prefix = "promo";
    link.destination = "https://example.com/";
    links_.publish(LinkTable().with(std::vector<LinkChange>{{1, link, false}}));
    EdgeOptions options;
    options.port = 0;
    options.threads = 2;
    options.journal_directory = folder_.path();
    options.commit.durability = durability;
    options.unknown_paths_per_minute = 0;  // one client asks for hundreds
    options.visitors.salt_of = test_salt;
    options.take_conversion = [this](std::string_view body) {
      ++conversions_;
      if (body == "wait") conversion_may_end_.acquire();
      return body == "bad" ? ConversionReply{422, "event: is bad"} : ConversionReply{};
    };
    edge_ = std::make_unique<Edge>(files_, clock_, links_, limits_,
                                   JournalShared{bell_, *unrecorded_}, options);
    EXPECT_TRUE(edge_->listen());
    EXPECT_TRUE(edge_->start());
  }

  std::size_t recorded() {
    std::size_t count = 0;
    for (const auto& shard : edge_->shards()) {
      ShardFollower follower(files_, shard, 0);
      count += follower.read(100'000, [](const LogRecord&) { return true; }).value();
    }
    return count;
  }

  std::atomic<int> conversions_ = 0;
  std::binary_semaphore conversion_may_end_{0};  // of the body "wait"
  TestFolder folder_;
  PosixFiles files_;
  SystemClock clock_;
  LiveLinkTable links_;
  CountingLimits limits_;
  Bell bell_;
  std::unique_ptr<Unrecorded> unrecorded_ =
      Unrecorded::open(files_, folder_.path() / "unrecorded", [](const std::string&) {}).value();
  std::unique_ptr<Edge> edge_;
};

}  // namespace tally
