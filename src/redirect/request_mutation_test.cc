// SPDX-License-Identifier: Apache-2.0
//
// Requests broken by chance, through real sockets: whatever arrives, in whatever pieces, the loop
// lives, every answer is one that a client may get, and a good request is served afterwards.
//
// TALLYMARK_MUTATIONS says how many; a full test run makes a million (build preset asan).
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/text.h"
#include "redirect/edge_test_fixture.h"

namespace tally {
namespace {

using Random = std::mt19937_64;

std::size_t mutations_wanted() {
  if (const char* count = std::getenv("TALLYMARK_MUTATIONS"))
    return parse_number<std::size_t>(count).value();
  const char* full = std::getenv("TALLYMARK_TEST_FULL");
  return full != nullptr && std::string_view(full) == "1" ? 1'000'000 : 20'000;
}

const std::vector<std::string>& seeds() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out = {
        "GET /promo HTTP/1.1\r\nHost: a\r\nUser-Agent: Mozilla/5.0\r\n\r\n",
        "HEAD /promo?qr=1 HTTP/1.1\r\nHost: go.example:8080\r\nReferer: https://r.example/\r\n\r\n",
        "GET http://a/promo HTTP/1.1\r\nHost: b\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n",
        "POST /promo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\npassword=x",
        "POST /_t/beacon HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\n{\"w\":\r\n4\r\n100}\r\n0\r\n\r\n",
        "PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
        "GET /%70romo/gr%C3%BC HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
        "\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: a\r\nSec-Purpose: prefetch\r\nDNT: 1\r\n\r\n",
    };
    PosixFiles files;
    for (const char* corpus : {"request_head", "responder", "chunked_body"})
      for (const auto& entry :
           std::filesystem::directory_iterator("fuzz/corpus/" + std::string(corpus)))
        out.push_back(files.read_all(entry.path()).value());
    return out;
  }();
  return all;
}

constexpr std::string_view kPieces[] = {"\r\n",
                                        "\n",
                                        "\r",
                                        " ",
                                        "\t",
                                        ":",
                                        std::string_view("\0", 1),
                                        "\r\n\r\n",
                                        "HTTP/1.1",
                                        "HTTP/1.0",
                                        "HTTP/2.0",
                                        "GET ",
                                        "HEAD ",
                                        "POST ",
                                        "/",
                                        "?",
                                        "%",
                                        "%00",
                                        "Host: a\r\n",
                                        "Content-Length: ",
                                        "Content-Length: 5\r\n",
                                        "Content-Length: 99999999999999999999\r\n",
                                        "Transfer-Encoding: chunked\r\n",
                                        "0\r\n\r\n",
                                        "ffffffff\r\n",
                                        "Expect: 100-continue\r\n",
                                        "Connection: close\r\n",
                                        "Connection: keep-alive\r\n",
                                        "http://",
                                        "[::1]",
                                        "X-Forwarded-For: ",
                                        "\x80\xff",
                                        "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n"};

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

std::string end_of_another(Random& random) {
  const std::string& other = seeds()[below(random, seeds().size())];
  return other.substr(below(random, other.size()));
}

void mutate(std::string& bytes, Random& random) {
  const std::size_t at = below(random, bytes.size() + 1);
  switch (random() % 8) {
    case 0:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
    case 1:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random());
      break;
    case 2:
      bytes.erase(at, below(random, 16));
      break;
    case 3:
      bytes.insert(at, 1, static_cast<char>(random()));
      break;
    case 4:
      bytes.insert(at, kPieces[below(random, std::size(kPieces))]);
      break;
    case 5:
      bytes.insert(at, std::string(bytes.substr(below(random, bytes.size()), below(random, 64))));
      break;
    case 6:
      bytes.insert(at, below(random, 20) == 0 ? below(random, 40'000) : below(random, 300), 'x');
      break;
    default:
      bytes.replace(at, std::string::npos, end_of_another(random));
      break;
  }
}

std::string mutant(Random& random) {
  std::string bytes = seeds()[below(random, seeds().size())];
  for (std::size_t i = 0; i <= random() % 4; ++i) mutate(bytes, random);
  return bytes;
}

// All but 503 (a prefetch), 501 and 505 are the client's doing or a success.
void expect_possible(const std::string& answers, const std::string& sent) {
  if (answers.empty()) return;
  EXPECT_TRUE(answers.starts_with("HTTP/1.1 ")) << answers;
  for (const std::string& status : EdgeClient::statuses(answers)) {
    if (!std::ranges::all_of(status, is_digit)) continue;  // a sentence about HTTP/1.1
    const int code = std::stoi(status);
    const bool possible = (code >= 100 && code < 500) || code == 501 || code == 503 || code == 505;
    EXPECT_TRUE(possible) << status << " to " << ::testing::PrintToString(sent);
  }
}

class RequestMutationTest : public EdgeFixture, public ::testing::Test {
 protected:
  RequestMutationTest() : EdgeFixture(Durability::os) {}

  // Sends mutants, a few on each connection, until the loops have answered `count`: behind one that
  // is refused nothing is read.
  void send_mutants(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    while (edge_->totals().requests < count) {
      EdgeClient client(edge_->port());
      std::string bytes;
      for (std::size_t i = 0; i <= random() % 6; ++i) bytes += mutant(random);
      std::string_view rest = bytes;
      while (!rest.empty()) {
        const std::size_t size = random() % 3 == 0 ? 1 + below(random, rest.size()) : rest.size();
        if (!client.try_send(rest.substr(0, size))) break;
        rest.remove_prefix(size);
      }
      client.end_sending();
      expect_possible(client.receive_all(), bytes);
      if (::testing::Test::HasFailure()) return;
    }
  }
};

TEST_F(RequestMutationTest, NothingThatArrivesDoesHarm) {
  constexpr std::uint64_t kClients = 3;
  const std::size_t count = mutations_wanted();
  std::vector<std::thread> clients;
  for (std::uint64_t seed = 1; seed <= kClients; ++seed)
    clients.emplace_back([this, count, seed] { send_mutants(count, seed); });
  for (std::thread& client : clients) client.join();
  EdgeClient healthy(edge_->port());
  healthy.send(kGet);
  EXPECT_TRUE(healthy.receive(1).starts_with("HTTP/1.1 302 "));
  const EdgeTotals totals = edge_->totals();
  EXPECT_GT(totals.requests, totals.refused) << "too much is refused to mean anything";
  EXPECT_GT(totals.refused, totals.requests / 20) << "too little is refused to mean anything";
}

}  // namespace
}  // namespace tally
