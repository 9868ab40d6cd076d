// SPDX-License-Identifier: Apache-2.0
#include "enrich/enrich_data.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/test_folder.h"
#include "enrich/enricher.h"
#include "enrich/geo_test_file.h"

namespace tally {
namespace {

using std::filesystem::path;

constexpr UnixMillis kNow = 1'700'000'000'000;

class Data : public testing::Test {
 protected:
  Data() : tables_(folder_.path() / "rules"), geo_(folder_.path() / "geo.mmdb") {
    std::filesystem::create_directory(tables_);
    write_geo("DE");
  }
  // As an operator does it: another file, renamed over the old one.
  void write(const path& to, std::string_view bytes) {
    const path beside = folder_.path() / "new";
    std::ofstream(beside, std::ios::binary) << bytes;
    std::filesystem::rename(beside, to);
  }
  void write_geo(std::string_view country) {
    geo_file::DatabaseWriter writer(4);
    writer.add("192.0.2.1", geo_file::flat(std::string(country), "", ""));
    write(geo_, writer.bytes("city"));
  }
  void start() {
    auto loaded = EnrichData::load(
        {.user_agent_rules = "/usr/share/uap-core/regexes.yaml", .tables = tables_, .geo_v4 = geo_},
        clock_);
    ASSERT_TRUE(loaded) << loaded.error().line();
    data_ = std::move(*loaded);
    enricher_ = std::make_unique<Enricher>(*data_, EnrichSettings{});
  }
  // Two looks: what changed must be seen to be at rest.
  void look() {
    for (int i = 0; i < 2; ++i) {
      data_->refresh(false);
      data_->settle();
    }
  }
  Click click() {
    HitView hit;
    hit.address = *Address::parse("192.0.2.1");
    hit.referrer = "https://forum.example/";
    hit.user_agent = "Slackbot 1.0 (+https://api.slack.com/robots)";
    return enricher_->enrich(hit, {}, {});
  }
  DataState rules() const { return data_->states()[0]; }
  DataState geo() const { return data_->states()[1]; }

  TestFolder folder_;
  path tables_, geo_;
  ManualClock clock_{kNow};
  std::unique_ptr<EnrichData> data_;
  std::unique_ptr<Enricher> enricher_;
};

TEST_F(Data, IsTakenUpWhenItChanges) {
  start();
  EXPECT_EQ(click().country, "DE");
  EXPECT_EQ(click().source, "forum.example");
  EXPECT_EQ(click().traffic, Traffic::preview);
  EXPECT_EQ(geo().loaded_at, kNow);
  EXPECT_EQ(rules().loaded_at, kNow);

  clock_.advance(5);
  write_geo("FR");
  look();
  EXPECT_EQ(click().country, "FR");
  EXPECT_EQ(geo().loaded_at, kNow + 5);
  EXPECT_EQ(rules().loaded_at, kNow) << "it did not change";

  write(tables_ / "referrers.txt", "social our_forum forum.example");
  write(tables_ / "bots_preview.txt", "monitor ours ^Slackbot");
  look();
  EXPECT_EQ(click().source, "our_forum");
  EXPECT_EQ(click().reason, "ours");
  EXPECT_EQ(rules().loaded_at, kNow + 5);
  EXPECT_EQ(rules().failures + geo().failures, 0u);

  std::filesystem::remove(tables_ / "referrers.txt");
  look();
  EXPECT_EQ(click().source, "forum.example");
}

TEST_F(Data, WhatWasReplacedGoesWhenNobodyHoldsItAnyMore) {
  start();
  Latest<GeoDatabase>::Reader reader(data_->geo());
  const std::weak_ptr<const GeoDatabase> old = reader.shared();
  write_geo("FR");
  look();
  EXPECT_EQ(click().country, "FR");
  look();
  EXPECT_FALSE(old.expired()) << "a reader still uses it";
  reader.refresh();
  EXPECT_FALSE(old.expired()) << "not on the reader's thread";
  look();
  EXPECT_TRUE(old.expired());
}

TEST_F(Data, StaysWhenWhatComesIsBroken) {
  write(tables_ / "referrers.txt", "social our_forum forum.example");
  start();
  clock_.advance(5);
  write(tables_ / "referrers.txt", "social other forum.example\nsocail x x.example");
  write(geo_, "not a database");
  look();
  look();
  EXPECT_EQ(click().country, "DE");
  EXPECT_EQ(click().source, "our_forum");
  EXPECT_EQ(rules().failures, 1u) << "once for each change";
  EXPECT_EQ(geo().failures, 1u);
  EXPECT_EQ(rules().trouble,
            (tables_ / "referrers.txt").string() + ":2: no class of sites: socail");
  EXPECT_NE(geo().trouble.find(geo_.string() + ": "), std::string::npos);
  EXPECT_EQ(rules().loaded_at, kNow);
  EXPECT_EQ(geo().loaded_at, kNow);

  std::filesystem::remove(geo_);
  look();
  EXPECT_EQ(click().country, "DE") << "a file that is gone is no reason to know less";
  EXPECT_EQ(geo().failures, 2u);

  write(tables_ / "referrers.txt", "social other forum.example");
  write_geo("FR");
  look();
  EXPECT_EQ(click().country, "FR");
  EXPECT_EQ(click().source, "other");
  EXPECT_EQ(rules().trouble + geo().trouble, "");
}

TEST_F(Data, StartsWithOurTablesWhenAnOperatorsIsBroken) {
  write(tables_ / "referrers.txt", "nonsense");
  write(tables_ / "other.txt", "");
  start();
  EXPECT_EQ(click().source, "forum.example");
  EXPECT_EQ(rules().failures, 1u);
  EXPECT_NE(rules().trouble.find("referrers.txt:1: 1 fields"), std::string::npos);
  std::filesystem::remove(tables_ / "referrers.txt");
  look();
  EXPECT_EQ(rules().failures, 1u);
  EXPECT_EQ(rules().trouble, (tables_ / "other.txt").string() + ": no table has this name");
}

TEST_F(Data, IsLoadedAgainWhenAskedTo) {
  start();
  clock_.advance(7);
  look();
  EXPECT_EQ(rules().loaded_at, kNow);
  data_->refresh(true);
  data_->settle();
  EXPECT_EQ(rules().loaded_at, kNow + 7);
  EXPECT_EQ(geo().loaded_at, kNow + 7);
}

// One that changes between two looks is still being written.
TEST_F(Data, IsNotReadWhileItIsBeingWritten) {
  start();
  std::filesystem::remove(geo_);
  data_->refresh(false);
  write_geo("FR");
  data_->refresh(false);
  data_->settle();
  EXPECT_EQ(click().country, "DE");
  EXPECT_EQ(geo().failures, 0u);
  data_->refresh(false);
  data_->settle();
  EXPECT_EQ(click().country, "FR");
}

TEST(OpenGeo, PrefersWhatWasFetched) {
  const TestFolder folder;
  const auto put = [&](const path& name, std::string_view country) {
    geo_file::DatabaseWriter writer(4);
    writer.add("192.0.2.1", geo_file::flat(country, "", ""));
    std::ofstream(folder.path() / name, std::ios::binary) << writer.bytes("city ipv4");
  };
  const DataFiles files{.geo_v4 = folder.path() / "a.mmdb", .geo_fetched = folder.path()};
  const auto country = [&] {
    return GeoReader(open_geo(files)).find(*Address::parse("192.0.2.1")).country;
  };
  EXPECT_EQ(country(), "Unknown");
  put("a.mmdb", "DE");
  put(kFetchedV6, "XX");
  EXPECT_EQ(country(), "DE") << "the pair is complete with its IPv4 half";
  put(kFetchedV4, "FR");
  EXPECT_EQ(country(), "FR");
}

TEST(DataWithoutRules, SaysSo) {
  const SystemClock clock;
  const auto loaded = EnrichData::load({.user_agent_rules = "/nowhere.yaml"}, clock);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().line().find("user-agent rules /nowhere.yaml"), std::string::npos);
}

}  // namespace
}  // namespace tally
