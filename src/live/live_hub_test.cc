// SPDX-License-Identifier: Apache-2.0
#include "live/live_hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "clicklog/test_batch.h"

namespace tally {
namespace {

using testing::ElementsAre;

// What one stream was given, without its counts of seconds.
class Watcher {
 public:
  LiveHub::Sink sink() {
    return [this](const LiveHub::Text& text) { return take(*text); };
  }
  // The events once there are so many, each as "id data" or its name.
  std::vector<std::string> events(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return events_.size() >= count; });
    return events_;
  }
  std::vector<std::string> seconds(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return seconds_.size() >= count; });
    return seconds_;
  }
  void leave_after(std::size_t events) { most_ = events; }

 private:
  bool take(const std::string& text) {
    const std::lock_guard lock(mutex_);
    const auto value = [&](std::string_view name) {
      const auto at = text.find(name);
      return at == text.npos
                 ? std::string()
                 : text.substr(at + name.size(), text.find('\n', at) - at - name.size());
    };
    if (value("event: ") == "second")
      seconds_.push_back(value("data: "));
    else if (value("event: ") == "click")
      events_.push_back(value("id: ") + " " + value("data: "));
    else
      events_.push_back(value("event: "));
    changed_.notify_all();
    return events_.size() < most_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> events_, seconds_;
  std::size_t most_ = SIZE_MAX;
};

class LiveHubTest : public testing::Test {
 protected:
  LiveHubTest() {
    options_.directory = folder_.path();
    log_ = std::make_unique<EnrichedLog>(files_, clock_, options_);
    EXPECT_TRUE(log_->open([](const std::string&) {}));
    hub_ = std::make_unique<LiveHub>(
        LiveHub::Deps{*log_, clock_, [](const Click& click) { return click.city; }});
    hub_->start();
  }

  static Click click(std::string city, Traffic traffic = Traffic::human, UnixMillis time = 0) {
    Click out;
    out.workspace = kWorkspace;
    out.outcome = Outcome::redirected;
    out.traffic = traffic;
    out.time = time;
    out.city = std::move(city);
    return out;
  }

  void append(std::vector<Click> clicks, UnixMillis through = 0) {
    ASSERT_TRUE(log_->append(batch_of(clicks)));
    log_->publish_through(through);
  }

  LiveQuestion question(TrafficFilter traffic = TrafficFilter::human,
                        std::vector<Filter> filters = {}, WorkspaceId workspace = kWorkspace) {
    return {workspace, traffic, ClickFilter::make(filters).value()};
  }
  Result<void> open(Watcher& watcher, LiveQuestion asked,
                    std::optional<LivePlace> last = std::nullopt) {
    return hub_->open(std::move(asked), last, watcher.sink());
  }

  static constexpr WorkspaceId kWorkspace{3};
  TestFolder folder_;
  FaultyFiles files_;
  ManualClock clock_{1'800'000'000'000};
  EnrichedLogOptions options_;
  std::unique_ptr<EnrichedLog> log_;
  std::unique_ptr<LiveHub> hub_;
};

TEST(LivePlace, IsReadAsItIsWritten) {
  const LivePlace place{{3, 1287}, 4};
  EXPECT_EQ(place.text(), "3-1287-4");
  EXPECT_EQ(LivePlace::parse("3-1287-4"), place);
  for (const char* bad : {"", "3", "3-1", "3-1-", "-1-1", "3-1-2-4", "3-1-x", "99999999999-1-1"})
    EXPECT_FALSE(LivePlace::parse(bad)) << bad;
}

TEST_F(LiveHubTest, GivesEachStreamWhatItAsksForFromNowOn) {
  append({click("before")});
  Watcher people, all, berlin, stranger;
  ASSERT_TRUE(open(people, question()));
  ASSERT_TRUE(open(all, question(TrafficFilter::all)));
  ASSERT_TRUE(open(berlin, question(TrafficFilter::human, {{Dimension::city, false, {"Berlin"}}})));
  ASSERT_TRUE(open(stranger, question(TrafficFilter::all, {}, WorkspaceId{4})));
  append({click("Berlin"), click("bot", Traffic::crawler), click("head", Traffic::head)});
  append({click("Paris")});
  EXPECT_THAT(all.events(4), ElementsAre("1-2-0 Berlin", "1-2-1 bot", "1-2-2 head", "1-3-0 Paris"));
  EXPECT_THAT(people.events(2), ElementsAre("1-2-0 Berlin", "1-3-0 Paris"));
  EXPECT_THAT(berlin.events(1), ElementsAre("1-2-0 Berlin"));
  EXPECT_THAT(stranger.events(0), ElementsAre());
}

TEST_F(LiveHubTest, TellsASecondOnceItIsOver) {
  Watcher watcher;
  ASSERT_TRUE(open(watcher, question()));
  append({click("a", Traffic::human, 5'100), click("b", Traffic::ai, 5'200)}, 5'900);
  append({click("c", Traffic::human, 5'950), click("d", Traffic::human, 6'000)}, 6'000);
  EXPECT_THAT(
      watcher.seconds(1),
      ElementsAre(R"({"t":"1970-01-01T00:00:05.000Z","clicks":2,"unique_clicks":0,"bots":1,)"
                  R"("skipped":0})"));
}

TEST_F(LiveHubTest, ShowsNoMoreRowsOfASecondThanEyesCanFollow) {
  Watcher watcher;
  ASSERT_TRUE(open(watcher, question()));
  append(std::vector<Click>(LiveHub::kMostASecond + 5, click("x")), 1'000);
  EXPECT_THAT(watcher.seconds(1), ElementsAre(testing::HasSubstr(R"("clicks":2005)")));
  EXPECT_THAT(watcher.seconds(1), ElementsAre(testing::HasSubstr(R"("skipped":5)")));
  EXPECT_EQ(watcher.events(0).size(), LiveHub::kMostASecond);
}

TEST_F(LiveHubTest, WhoComesBackGetsWhatWasMissed) {
  append({click("a"), click("b")});
  append({click("c", Traffic::crawler), click("d")});
  Watcher watcher;
  ASSERT_TRUE(open(watcher, question(), LivePlace::parse("1-1-0")));
  append({click("e")});
  EXPECT_THAT(watcher.events(3), ElementsAre("1-1-1 b", "1-2-1 d", "1-3-0 e"));
}

TEST_F(LiveHubTest, WhoMissedTooMuchIsTold) {
  append({click("first")});
  append(std::vector<Click>(LiveHub::kMostMissed + 10, click("x")));
  append({click("last")});
  Watcher behind, future;
  ASSERT_TRUE(open(behind, question(), LivePlace::parse("1-1-0")));
  const auto events = behind.events(1);
  ASSERT_EQ(events.size(), 1 + LiveHub::kMostMissed);
  EXPECT_EQ(events.front(), "gap");
  EXPECT_EQ(events.back(), "1-3-0 last");
  ASSERT_TRUE(open(future, question(), LivePlace::parse("9-1-0")));
  EXPECT_THAT(future.events(1), ElementsAre("gap"));
}

TEST_F(LiveHubTest, WhoLeavesIsForgotten) {
  Watcher leaver, stayer;
  leaver.leave_after(1);
  ASSERT_TRUE(open(leaver, question()));
  ASSERT_TRUE(open(stayer, question()));
  append({click("a")});
  append({click("b")});
  EXPECT_EQ(stayer.events(2).size(), 2u);
  EXPECT_EQ(leaver.events(1).size(), 1u);
  for (int i = 0; i < 1000 && hub_->streams() > 1; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(hub_->streams(), 1u);
  EXPECT_EQ(hub_->ended(), 1u);
}

TEST_F(LiveHubTest, ThereAreSoManyStreamsAndNoMore) {
  Watcher watcher;
  for (std::size_t i = 0; i < LiveHub::kMostStreams; ++i) ASSERT_TRUE(open(watcher, question()));
  const auto refused = open(watcher, question());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().slug, "too_many_streams");
}

}  // namespace
}  // namespace tally
