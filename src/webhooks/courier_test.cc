// SPDX-License-Identifier: Apache-2.0
// The courier over a real log, a real database and receivers on real sockets.
#include "webhooks/courier.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "clicklog/test_batch.h"
#include "http/receiver_fake.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_link_store.h"
#include "links/sqlite/sqlite_outbox.h"
#include "links/sqlite/sqlite_webhook_store.h"
#include "links/webhook_secret.h"

namespace tally {
namespace {

// The system's, until a test sets it.
class TurnedClock final : public Clock {
 public:
  UnixMillis now_ms() const override { return system_.now_ms() + turned_; }
  std::chrono::steady_clock::time_point steady() const override { return system_.steady(); }
  void turn(UnixMillis by) { turned_ += by; }

 private:
  SystemClock system_;
  std::atomic<UnixMillis> turned_ = 0;
};

class CourierTest : public testing::Test {
 protected:
  CourierTest() {
    std::filesystem::create_directories(folder_.path() / "log");
    options_.directory = folder_.path() / "log";
    log_ = std::make_unique<EnrichedLog>(files_, clock_, options_);
    EXPECT_TRUE(log_->open([](const std::string&) {}));
    log_->publish_through(clock_.now_ms());
    database_ = std::move(LinksDatabase::open(folder_.path() / "links.db", clock_).value());
    links_ = std::make_unique<SqliteLinkStore>(*database_, clock_);
    outbox_ = std::make_unique<SqliteOutbox>(*database_);
    webhooks_ = std::make_unique<SqliteWebhookStore>(*database_, clock_);
    workspace_ = SqliteAccountStore(*database_, clock_, random_).default_workspace()->id;
    Link link;
    link.workspace = workspace_;
    link.prefix = "promo";
    link.destination = "https://shop.example/";
    link_ = links_->create(link, {})->id;
  }

  void start() {
    OutgoingOptions options;
    options.guard = *AddressGuard::parse("127.0.0.1");
    courier_ = std::make_unique<Courier>(
        Courier::Deps{clock_, random_, *log_, *webhooks_, *outbox_, *links_, ClickIdCodec({}),
                      "https://go.example", "Tallymark/test"},
        std::move(options));
    ASSERT_TRUE(courier_->start());
  }

  Webhook webhook(const std::string& url, WebhookMode mode = WebhookMode::single) {
    Webhook out;
    out.workspace = workspace_;
    out.name = "test";
    out.url = url;
    out.mode = mode;
    out.events = {EventKind::link_clicked};
    out.secret = make_webhook_secret(random_, WebhookSignature::hmac);
    return webhooks_->create(out).value();
  }

  void append(std::size_t count) {
    std::vector<Click> clicks(count);
    for (Click& click : clicks) {
      click.key = {1, 1, 0, ++clicks_};
      click.workspace = workspace_;
      click.link = link_;
      click.outcome = Outcome::redirected;
      click.time = clock_.now_ms();
      click.domain = "go.example";
      click.prefix = "promo";
    }
    ASSERT_TRUE(log_->append(batch_of(clicks)));
    log_->publish_through(clock_.now_ms());
  }

  // Answers each request with `status`.
  ReceiverFake::Script answering(std::atomic<int>& status) {
    return [&status](ReceiverFake::Connection& connection) {
      while (!connection.read_request().empty()) {
        const std::string line = std::to_string(status.load());
        if (!connection.send("HTTP/1.1 " + line + " X\r\nContent-Length: 2\r\n\r\nok")) return;
      }
    };
  }
  // So many events of it wait in the retry table.
  bool waits(const Webhook& webhook, std::uint64_t count) {
    return until([&] {
      const auto backlogs = webhooks_->backlogs(workspace_);
      return backlogs && backlogs->contains(webhook.id) &&
             backlogs->at(webhook.id).waiting == count;
    });
  }
  template <class Condition>
  static bool until(Condition condition) {
    for (int i = 0; i < 2'000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  static std::string header(const std::string& request, const std::string& name) {
    const auto at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 4;
    return request.substr(from, request.find("\r\n", from) - from);
  }

  TestFolder folder_;
  FaultyFiles files_;
  TurnedClock clock_;
  SystemRandom random_;
  EnrichedLogOptions options_;
  std::unique_ptr<EnrichedLog> log_;
  std::unique_ptr<LinksDatabase> database_;
  std::unique_ptr<SqliteLinkStore> links_;
  std::unique_ptr<SqliteOutbox> outbox_;
  std::unique_ptr<SqliteWebhookStore> webhooks_;
  WorkspaceId workspace_;
  LinkId link_;
  std::uint64_t clicks_ = 0;
  std::unique_ptr<Courier> courier_;
};

TEST_F(CourierTest, DeliversEachClickToEachWebhook) {
  std::atomic<int> status = 200;
  ReceiverFake one(answering(status)), two(answering(status));
  webhook(one.url());
  webhook(two.url(), WebhookMode::batch);
  start();
  append(3);
  append(2);
  ASSERT_TRUE(until([&] { return one.requests().size() == 5 && two.requests().size() == 2; }));
  const std::string first = one.requests().front();
  EXPECT_EQ(header(first, "X-Webhook-Event"), "link.clicked");
  EXPECT_EQ(header(first, "Content-Type"), "application/json");
  EXPECT_TRUE(header(first, "webhook-id").starts_with("msg_"));
  EXPECT_TRUE(first.contains(R"("destination":"https://shop.example/")"));
  EXPECT_TRUE(first.contains(R"("url":"https://go.example/promo")"));
  EXPECT_EQ(header(two.requests().front(), "X-Webhook-Event"), "batch");
  EXPECT_TRUE(until([&] { return courier_->counters().delivered == 7; }));
}

TEST_F(CourierTest, GoesOnBehindWhatWasDelivered) {
  std::atomic<int> status = 200;
  ReceiverFake receiver(answering(status));
  const Webhook made = webhook(receiver.url());
  start();
  append(2);
  ASSERT_TRUE(until([&] { return courier_->counters().delivered == 2; }));
  courier_->stop();
  append(1);
  start();
  ASSERT_TRUE(until([&] { return receiver.requests().size() == 3; }));
  const auto now = webhooks_->get(workspace_, made.id);
  ASSERT_TRUE(now);
  EXPECT_EQ(now->standing.clicks.epoch, 1u);
}

TEST_F(CourierTest, WhatFailedIsInTheTableAndIsSentAgainAsItWas) {
  std::atomic<int> status = 500;
  ReceiverFake receiver(answering(status));
  const Webhook made = webhook(receiver.url());
  start();
  append(1);
  ASSERT_TRUE(until([&] { return courier_->counters().failed == 1; }));
  ASSERT_TRUE(waits(made, 1));
  status = 200;
  ASSERT_TRUE(
      webhooks_->replay(workspace_, made.id, header(receiver.requests().front(), "webhook-id")));
  courier_->webhooks_changed();
  ASSERT_TRUE(until([&] { return receiver.requests().size() == 2; }));
  const auto requests = receiver.requests();
  EXPECT_EQ(header(requests[0], "webhook-id"), header(requests[1], "webhook-id"));
  const auto body = [](const std::string& request) {
    return request.substr(request.find("\r\n\r\n"));
  };
  EXPECT_EQ(body(requests[0]), body(requests[1]));
}

TEST_F(CourierTest, AClockThatIsSetBackDelaysNothing) {
  std::atomic<int> status = 500;
  ReceiverFake receiver(answering(status));
  const Webhook made = webhook(receiver.url());
  clock_.turn(kMillisPerDay);
  start();
  append(1);
  ASSERT_TRUE(waits(made, 1));
  status = 200;
  clock_.turn(-kMillisPerDay);
  ASSERT_TRUE(waits(made, 0));
  EXPECT_EQ(receiver.requests().size(), 2u);
}

TEST_F(CourierTest, OneThatIsGoneIsSwitchedOff) {
  std::atomic<int> status = 410;
  ReceiverFake receiver(answering(status));
  const Webhook made = webhook(receiver.url());
  start();
  append(1);
  ASSERT_TRUE(until([&] {
    const auto now = webhooks_->get(workspace_, made.id);
    return now && !now->enabled && now->off_reason == WebhookOff::gone;
  }));
}

TEST_F(CourierTest, ATestSaysWhatTheReceiverSaid) {
  std::atomic<int> status = 202;
  ReceiverFake receiver(answering(status));
  start();
  Webhook made = webhook(receiver.url());
  auto told = courier_->test(made);
  ASSERT_TRUE(told) << told.error().line();
  EXPECT_EQ(told->status, 202);
  EXPECT_EQ(told->response, "ok");
  EXPECT_EQ(header(receiver.requests().front(), "X-Webhook-Event"), "test");
  made.url = "http://10.0.0.1:1/";
  told = courier_->test(made);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->status, 0);
  EXPECT_NE(told->error, "");
}

}  // namespace
}  // namespace tally
