// SPDX-License-Identifier: Apache-2.0
//
// The links listener over real sockets and a real journal.
#include "redirect/edge_test_fixture.h"

namespace tally {
namespace {

class EdgeTest : public EdgeFixture, public ::testing::TestWithParam<Durability> {
 protected:
  EdgeTest() : EdgeFixture(GetParam()) {}
};

TEST_P(EdgeTest, AnAnswerMeansTheHitIsInTheJournal) {
  EdgeClient client(edge_->port());
  for (std::size_t i = 1; i <= 50; ++i) {
    client.send(kGet);
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
    EXPECT_GE(recorded(), i);
  }
  EXPECT_EQ(edge_->totals().requests, 50u);
}

TEST_P(EdgeTest, PipelinedRequestsAreAnsweredInOrder) {
  EdgeClient client(edge_->port());
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
  EdgeClient client(edge_->port());
  for (int round = 0; round < 2; ++round) {
    for (const char c : kGet) client.send({&c, 1});
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  }
}

TEST_P(EdgeTest, AClientThatClosesItsSideIsAnsweredAndLetGo) {
  EdgeClient client(edge_->port());
  client.send(kGet);
  client.end_sending();
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  EXPECT_TRUE(client.closed());
}

TEST_P(EdgeTest, AMalformedRequestIsNamedAndEndsTheConnection) {
  EdgeClient client(edge_->port());
  client.send("GET /promo HTTP/1.1\nHost: a\n\n");
  const std::string answer = client.receive(1);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 "));
  EXPECT_NE(answer.find("without CR"), std::string::npos);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(edge_->totals().refused, 1u);
}

TEST_P(EdgeTest, ManyConnectionsShareACommit) {
  std::vector<std::unique_ptr<EdgeClient>> clients;
  for (int i = 0; i < 64; ++i) clients.push_back(std::make_unique<EdgeClient>(edge_->port()));
  for (const auto& client : clients) client->send(kGet);
  for (const auto& client : clients) EXPECT_TRUE(client->receive(1).starts_with("HTTP/1.1 302 "));
  EXPECT_EQ(recorded(), 64u);
  EXPECT_EQ(edge_->totals().connections, 64u);
}

TEST_P(EdgeTest, StoppingAnswersWhatIsOnItsWay) {
  EdgeClient client(edge_->port());
  client.send(kGet);
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  edge_->stop();
  EXPECT_TRUE(client.closed());
}

TEST_P(EdgeTest, ATakenPortIsRefused) {
  EdgeOptions options;
  options.port = edge_->port();
  Edge second(files_, clock_, links_, limits_, JournalShared{bell_, *unrecorded_}, options);
  const auto done = second.listen();
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find(std::to_string(edge_->port())), std::string::npos);
  EXPECT_FALSE(done.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(Modes, EdgeTest,
                         ::testing::Values(Durability::sync, Durability::interval, Durability::os));

}  // namespace
}  // namespace tally
