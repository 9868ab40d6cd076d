// SPDX-License-Identifier: Apache-2.0
//
// The links listener over real sockets and a real journal.
#include "redirect/edge.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/test_folder.h"
#include "journal/follower.h"

namespace tally {
namespace {

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
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

constexpr std::string_view kGet = "GET /promo HTTP/1.1\r\nHost: a\r\n\r\n";

class EdgeTest : public ::testing::TestWithParam<Durability> {
 protected:
  EdgeTest() {
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
    options.commit.durability = GetParam();
    edge_ =
        std::make_unique<Edge>(files_, clock_, links_, JournalShared{bell_, *unrecorded_}, options);
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

  TestFolder folder_;
  PosixFiles files_;
  SystemClock clock_;
  LiveLinkTable links_;
  Bell bell_;
  std::unique_ptr<Unrecorded> unrecorded_ =
      Unrecorded::open(files_, folder_.path() / "unrecorded", [](const std::string&) {}).value();
  std::unique_ptr<Edge> edge_;
};

TEST_P(EdgeTest, AnAnswerMeansTheHitIsInTheJournal) {
  Client client(edge_->port());
  for (std::size_t i = 1; i <= 50; ++i) {
    client.send(kGet);
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
    EXPECT_GE(recorded(), i);
  }
  EXPECT_EQ(edge_->totals().requests, 50u);
}

TEST_P(EdgeTest, PipelinedRequestsAreAnsweredInOrder) {
  Client client(edge_->port());
  std::string all;
  for (int i = 0; i < 200; ++i) all += i % 2 ? kGet : "GET /none HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(all);
  const std::string answers = client.receive(200);
  std::size_t at = 0;
  for (int i = 0; i < 200; ++i) {
    at = answers.find("HTTP/1.1 ", at) + 9;
    EXPECT_EQ(answers.substr(at, 3), i % 2 ? "302" : "404") << i;
  }
  EXPECT_EQ(recorded(), 200u);
}

TEST_P(EdgeTest, AHeadMayArriveByteByByte) {
  Client client(edge_->port());
  for (int round = 0; round < 2; ++round) {
    for (const char c : kGet) client.send({&c, 1});
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  }
}

TEST_P(EdgeTest, AClientThatClosesItsSideIsAnsweredAndLetGo) {
  Client client(edge_->port());
  client.send(kGet);
  client.end_sending();
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  EXPECT_TRUE(client.closed());
}

TEST_P(EdgeTest, AMalformedRequestIsNamedAndEndsTheConnection) {
  Client client(edge_->port());
  client.send("GET /promo HTTP/1.1\nHost: a\n\n");
  const std::string answer = client.receive(1);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 "));
  EXPECT_NE(answer.find("without CR"), std::string::npos);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(edge_->totals().refused, 1u);
}

TEST_P(EdgeTest, ManyConnectionsShareACommit) {
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 64; ++i) clients.push_back(std::make_unique<Client>(edge_->port()));
  for (const auto& client : clients) client->send(kGet);
  for (const auto& client : clients) EXPECT_TRUE(client->receive(1).starts_with("HTTP/1.1 302 "));
  EXPECT_EQ(recorded(), 64u);
  EXPECT_EQ(edge_->totals().connections, 64u);
}

TEST_P(EdgeTest, StoppingAnswersWhatIsOnItsWay) {
  Client client(edge_->port());
  client.send(kGet);
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  edge_->stop();
  EXPECT_TRUE(client.closed());
}

TEST_P(EdgeTest, ATakenPortIsRefused) {
  EdgeOptions options;
  options.port = edge_->port();
  Edge second(files_, clock_, links_, JournalShared{bell_, *unrecorded_}, options);
  const auto done = second.listen();
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find(std::to_string(edge_->port())), std::string::npos);
  EXPECT_FALSE(done.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(Modes, EdgeTest,
                         ::testing::Values(Durability::sync, Durability::interval, Durability::os));

}  // namespace
}  // namespace tally
