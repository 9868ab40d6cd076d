// SPDX-License-Identifier: Apache-2.0
// What every LinkStore must make of a link's switch and dates when links are listed by state, and
// how many it must count.
#include <gtest/gtest.h>

#include "contract/stores.h"

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'000'000;

struct Row {
  const char* name;
  bool enabled;
  std::optional<UnixMillis> starts_at, expires_at;
  LinkState state;
};
const Row kRows[] = {
    {"plain", true, {}, {}, LinkState::active},
    {"open", true, kNow, kNow + 1, LinkState::active},
    {"over", true, {}, kNow, LinkState::expired},
    {"long_over", true, 1, 2, LinkState::expired},
    {"to_come", true, kNow + 1, {}, LinkState::scheduled},
    {"to_come_and_go", true, kNow + 1, kNow + 2, LinkState::scheduled},
    {"off", false, {}, {}, LinkState::disabled},
    {"off_and_over", false, {}, 2, LinkState::disabled},
    {"off_and_to_come", false, kNow + 1, {}, LinkState::disabled},
};

using Names = std::vector<std::string>;

class LinkStatesContract : public testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override {
    stores_ = GetParam().make();
    listing_.workspace = stores_->accounts().default_workspace().value().id;
    listing_.now = kNow;
    listing_.descending = false;
    listing_.limit = 1;
    for (const Row& row : kRows) {
      Link link;
      link.workspace = listing_.workspace;
      link.prefix = row.name;
      link.destination = "https://example.com/";
      link.enabled = row.enabled;
      link.starts_at = row.starts_at;
      link.expires_at = row.expires_at;
      if (row.enabled) link.tags = {"on"};
      ASSERT_TRUE(stores_->links().create(link));
    }
  }

  std::unique_ptr<Stores> stores_;
  LinkListing listing_;
};

INSTANTIATE_TEST_SUITE_P(Stores, LinkStatesContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(LinkStatesContract, EachLinkIsInOneOfThem) {
  listing_.counted = true;
  for (std::size_t state = 0; state < kLinkStateNames.size(); ++state) {
    listing_.state = static_cast<LinkState>(state);
    listing_.cursor.clear();
    Names wanted, found;
    for (const Row& row : kRows)
      if (row.state == listing_.state) wanted.emplace_back(row.name);
    do {
      const LinkPage page = stores_->links().list(listing_).value();
      EXPECT_EQ(page.total, wanted.size()) << kLinkStateNames[state];  // of all pages, on each
      for (const Link& link : page.links) found.push_back(link.prefix);
      listing_.cursor = page.next_cursor;
    } while (!listing_.cursor.empty());
    EXPECT_EQ(found, wanted) << kLinkStateNames[state];
  }
}

TEST_P(LinkStatesContract, AreCountedWithTheOtherFilters) {
  const auto total = [&](auto change) {
    LinkListing listing = listing_;
    listing.counted = true;
    change(listing);
    return stores_->links().list(listing).value().total;
  };
  EXPECT_EQ(total([](auto&) {}), 9u);
  EXPECT_EQ(total([](auto& l) { l.counted = false; }), std::nullopt);
  EXPECT_EQ(total([](auto& l) { l.tag = "on"; }), 6u);
  EXPECT_EQ(total([](auto& l) { l.search = "over"; }), 3u);
  EXPECT_EQ(total([](auto& l) { l.enabled = false; }), 3u);
  EXPECT_EQ(total([](auto& l) { l.limit = 0; }), 9u);
  EXPECT_EQ(total([](auto& l) {
              l.state = LinkState::expired;
              l.search = "long";
            }),
            1u);
  EXPECT_EQ(total([](auto& l) {
              l.state = LinkState::disabled;
              l.enabled = true;
            }),
            0u);
}

}  // namespace
}  // namespace tally
