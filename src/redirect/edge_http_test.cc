// SPDX-License-Identifier: Apache-2.0
//
// HTTP/1.1 as the loop speaks it: bodies, expectations, refusals. What a head may look like is
// tested with the parser.
#include <sodium.h>

#include <array>
#include <thread>

#include "redirect/edge_test_fixture.h"

namespace tally {
namespace {

class EdgeHttpTest : public EdgeFixture, public ::testing::Test {
 protected:
  EdgeHttpTest() : EdgeFixture(Durability::os) {}

  // The links listener of the process that takes over.
  std::unique_ptr<Edge> successor(EdgeEstate estate) {
    EdgeOptions options;
    options.journal_directory = folder_.path();
    options.epoch = ++epoch_;
    options.commit.durability = Durability::os;
    auto next = std::make_unique<Edge>(files_, clock_, links_, limits_,
                                       JournalShared{bell_, *unrecorded_}, options);
    EXPECT_TRUE(next->inherit(std::move(estate)));
    EXPECT_TRUE(next->start());
    return next;
  }

  std::uint32_t epoch_ = 1;
};

TEST_F(EdgeHttpTest, BodiesAreReadAndTheConnectionStaysInStep) {
  struct Row {
    const char* request;
    const char* status;
  };
  const Row rows[] = {
      {"GET /promo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /", "302"},
      {"GET /promo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "302"},
      {"PUT /promo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\npassword=x", "405"},
      {"PUT /promo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
       "5\r\nGET /\r\n3\r\nabc\r\n0\r\n\r\n",
       "405"},
      {"GET /promo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "302"},
  };
  std::string all;
  std::vector<std::string> wanted;
  for (const Row& row : rows) {
    all += row.request;
    wanted.emplace_back(row.status);
  }
  for (const std::size_t step : {all.size(), std::size_t{1}, std::size_t{7}}) {
    EdgeClient client(edge_->port());
    for (std::size_t at = 0; at < all.size(); at += step)
      client.send(std::string_view(all).substr(at, step));
    EXPECT_EQ(EdgeClient::statuses(client.receive(wanted.size())), wanted) << step;
    client.send(kGet);
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 ")) << step;
  }
}

TEST_F(EdgeHttpTest, AClientThatAsksIsToldToContinue) {
  const std::string fields =
      "Host: a\r\nConnection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
  EdgeClient client(edge_->port());
  client.send("GET /promo HTTP/1.1\r\n" + fields);
  EXPECT_EQ(client.receive(1), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  // Not when the body is there already, and not in HTTP/1.0.
  client.send("GET /promo HTTP/1.1\r\n" + fields + "abc");
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  client.send("GET /promo HTTP/1.0\r\n" + fields);
  client.send("abc");
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
}

TEST_F(EdgeHttpTest, ABodyThatIsTooLargeEndsTheConnection) {
  for (const char* framing :
       {"Content-Length: 16385\r\n\r\n", "Content-Length: 18446744073709551615\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n4001\r\n"}) {
    EdgeClient client(edge_->port());
    client.send(std::string("PUT /promo HTTP/1.1\r\nHost: a\r\n") + framing);
    const std::string answer = client.receive(1);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413 ")) << answer;
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(client.closed());
  }
  EdgeClient client(edge_->port());
  client.send("GET /promo HTTP/1.1\r\nHost: a\r\nContent-Length: 16384\r\n\r\n" +
              std::string(16384, 'x'));
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
}

TEST_F(EdgeHttpTest, ARefusalReachesAClientThatGoesOnSending) {
  for (int i = 0; i < 20; ++i) {
    EdgeClient client(edge_->port());
    client.send("PUT /promo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" +
                std::string(100'000, 'x'));
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 413 "));
    EXPECT_TRUE(client.closed());
  }
}

TEST_F(EdgeHttpTest, NothingIsAnsweredBehindARefusal) {
  EdgeClient client(edge_->port());
  client.send("PUT /promo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" +
              std::string(kGet));
  const std::string answer = client.receive(2);
  EXPECT_EQ(EdgeClient::statuses(answer), std::vector<std::string>{"400"});
  EXPECT_TRUE(client.closed());
}

TEST_F(EdgeHttpTest, ConnectionsSurviveAHandOver) {
  const std::string post =
      "GET /promo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  std::vector<std::unique_ptr<EdgeClient>> clients;
  for (std::size_t cut = 0; cut <= post.size(); ++cut) {
    clients.push_back(std::make_unique<EdgeClient>(edge_->port()));
    clients.back()->send(kGet);
    EXPECT_TRUE(clients.back()->receive(1).starts_with("HTTP/1.1 302 "));
    if (cut > 0) clients.back()->send(std::string_view(post).substr(0, cut));
  }
  EdgeEstate estate = edge_->hand_over();
  EXPECT_EQ(estate.listeners.size(), 2u);
  EXPECT_EQ(estate.connections.size(), clients.size());
  const std::size_t before = recorded();
  EdgeClient queued(edge_->port());  // nobody accepts now, and nobody is refused
  queued.send(kGet);
  const auto next = successor(std::move(estate));
  for (std::size_t cut = 0; cut <= post.size(); ++cut) {
    if (cut < post.size()) clients[cut]->send(std::string_view(post).substr(cut));
    EXPECT_TRUE(clients[cut]->receive(1).starts_with("HTTP/1.1 302 ")) << cut;
    clients[cut]->send(kGet);
    EXPECT_TRUE(clients[cut]->receive(1).starts_with("HTTP/1.1 302 ")) << cut;
  }
  EXPECT_TRUE(queued.receive(1).starts_with("HTTP/1.1 302 "));
  // The last client's request was complete: whoever read it has answered it.
  EXPECT_EQ(before + next->totals().requests, 3 * clients.size() + 1);
}

class EdgePasswordTest : public EdgeHttpTest {
 protected:
  EdgePasswordTest() {
    Link link;
    link.id = {2};
    link.workspace = {1};
    link.prefix = "secret";
    link.destination = "https://example.com/secret";
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    // Some milliseconds, so that questions have to wait.
    EXPECT_EQ(crypto_pwhash_str(hash.data(), "open", 4, 2, 4 << 20), 0);
    link.password_hash = hash.data();
    links_.publish(links_.current()->with(std::vector<LinkChange>{{2, link, false}}));
  }

  static std::string form(std::string_view password) {
    const std::string body = "password=" + std::string(password);
    return "POST /secret HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
           "Content-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  }
};

TEST_F(EdgeHttpTest, AConversionIsAnsweredOnceItIsTaken) {
  const auto telling = [](std::string_view body) {
    return "POST /_t/convert HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  };
  EdgeClient waiting(edge_->port()), other(edge_->port());
  waiting.send(telling("wait") + std::string(kGet) + telling("bad") + telling("good"));
  while (conversions_ == 0) std::this_thread::yield();
  for (int i = 0; i < 50; ++i) {
    other.send(kGet);
    EXPECT_TRUE(other.receive(1).starts_with("HTTP/1.1 302 ")) << "nobody else waits for it";
  }
  conversion_may_end_.release();
  EXPECT_EQ(EdgeClient::statuses(waiting.receive(4)),
            (std::vector<std::string>{"204", "302", "422", "204"}));
  const EdgeTotals totals = edge_->totals();
  EXPECT_EQ(totals.conversions, 2u);
  EXPECT_EQ(totals.bad_conversions, 1u);
  EXPECT_EQ(recorded(), 51u) << "what is told of is no hit";
}

TEST_F(EdgePasswordTest, APasswordIsCheckedBesideTheLoop) {
  EdgeClient client(edge_->port());
  client.send(form("wrong"));
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 403 "));
  client.send(form("open"));
  const std::string right = client.receive(1);
  EXPECT_TRUE(right.starts_with("HTTP/1.1 303 ")) << right;
  EXPECT_NE(right.find("Location: https://example.com/secret\r\n"), std::string::npos);
  client.send(kGet);
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
  EXPECT_EQ(recorded(), 2u) << "the redirect and the accepted form";
}

TEST_F(EdgePasswordTest, AnswersStayInOrderAroundACheck) {
  const std::string all =
      std::string(kGet) + form("open") + std::string(kGet) + form("wrong") + std::string(kGet);
  const std::vector<std::string> wanted = {"302", "303", "302", "403", "302"};
  for (const std::size_t step : {all.size(), std::size_t{1}, std::size_t{50}}) {
    EdgeClient client(edge_->port());
    for (std::size_t at = 0; at < all.size(); at += step)
      client.send(std::string_view(all).substr(at, step));
    EXPECT_EQ(EdgeClient::statuses(client.receive(wanted.size())), wanted) << step;
  }
}

TEST_F(EdgePasswordTest, AClientMayLeaveDuringTheCheck) {
  for (int i = 0; i < 20; ++i) {
    EdgeClient leaving(edge_->port());
    leaving.send(form("open"));
  }
  EdgeClient half(edge_->port());
  half.send(form("open"));
  half.end_sending();
  const std::string answer = half.receive_all();
  const auto statuses = EdgeClient::statuses(answer);
  EXPECT_EQ(statuses.size(), 1u) << answer;
  EdgeClient client(edge_->port());
  client.send(kGet);
  EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
}

TEST_F(EdgePasswordTest, AFormIsAnsweredAcrossAHandOver) {
  for (const useconds_t pause : {0, 1000}) {
    EdgeClient client(edge_->port());
    client.send(kGet);
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 302 "));
    client.send(form("open"));
    ::usleep(pause);
    edge_ = successor(edge_->hand_over());
    EXPECT_TRUE(client.receive(1).starts_with("HTTP/1.1 303 "));
  }
}

}  // namespace
}  // namespace tally
