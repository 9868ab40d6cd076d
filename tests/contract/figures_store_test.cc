// SPDX-License-Identifier: Apache-2.0
// What every FiguresStore must do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"
#include "model/money.h"

namespace tally {
namespace {

using std::chrono::days;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FiguresStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override {
    stores_ = GetParam().make();
    workspace_ = stores_->accounts().default_workspace()->id;
    first_ = add_link(workspace_, "first", "");
    second_ = add_link(workspace_, "second", "a/b");
  }

  FiguresStore& store() { return stores_->figures(); }

  LinkId add_link(WorkspaceId workspace, const std::string& prefix, const std::string& token) {
    Link link;
    link.workspace = workspace;
    link.prefix = prefix;
    link.token = token;
    link.destination = "https://example.com/";
    return stores_->links().create(link).value().id;
  }
  void choose_currency(const std::string& code) {
    Workspace workspace = stores_->accounts().workspace(workspace_).value();
    workspace.currency = code;
    ASSERT_TRUE(stores_->accounts().update_workspace(workspace));
  }
  std::vector<Figure> all(FigureKind kind = FigureKind::impressions) {
    return store().list({.workspace = workspace_, .kind = kind}).value();
  }
  void put(std::vector<FigureInput> figures, FigureKind kind = FigureKind::impressions) {
    const auto faults = store().put(workspace_, kind, figures);
    ASSERT_TRUE(faults) << faults.error().line();
    ASSERT_THAT(*faults, IsEmpty());
  }

  static Day day(int n) { return Day(days(20'000 + n)); }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
  LinkId first_, second_;
};

INSTANTIATE_TEST_SUITE_P(Stores, FiguresStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(FiguresStoreContract, AnEntrySetsTheFigureOfALinkAndDay) {
  put({{first_, day(1), 100, ""}, {NamedLink{"", "second", "a/b"}, day(0), 7, ""}});
  put({{NamedLink{"", "first", ""}, day(1), 120, ""}});
  const Figure first{first_, day(1), 120}, second{second_, day(0), 7};
  EXPECT_THAT(all(), ElementsAre(second, first));
  EXPECT_THAT(all(FigureKind::costs), IsEmpty());
  put({{first_, day(1), 120, ""}});
  EXPECT_THAT(all(), ElementsAre(second, first));
  ASSERT_TRUE(store().remove(workspace_, FigureKind::impressions, first_, day(1)));
  EXPECT_THAT(all(), ElementsAre(second));
  EXPECT_EQ(store().remove(workspace_, FigureKind::impressions, first_, day(1)).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(store().remove(workspace_, FigureKind::costs, second_, day(0)).error().code,
            ErrorCode::not_found);
}

TEST_P(FiguresStoreContract, AllAreStoredOrNoneWithAllThatIsWrong) {
  const WorkspaceId other = stores_->add_workspace("other");
  const LinkId foreign = add_link(other, "foreign", "");
  const std::vector<FigureInput> figures = {{first_, day(1), 1, ""},
                                            {LinkId{999}, day(1), 1, ""},
                                            {foreign, day(1), 1, ""},
                                            {NamedLink{"", "foreign", ""}, day(1), 1, ""},
                                            {NamedLink{"", "second", ""}, day(1), 1, ""},
                                            {NamedLink{"go.example", "first", ""}, day(1), 1, ""},
                                            {NamedLink{"", "first", ""}, day(1), 2, ""},
                                            {first_, day(2), 1, ""}};
  const auto faults = store().put(workspace_, FigureKind::impressions, figures).value();
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const FigureFault& fault : faults) found.emplace_back(fault.index, fault.error.slug);
  EXPECT_THAT(found, ElementsAre(std::pair(1, "unknown_link"), std::pair(2, "unknown_link"),
                                 std::pair(3, "unknown_link"), std::pair(4, "unknown_link"),
                                 std::pair(5, "unknown_link"), std::pair(6, "repeated_entry")));
  EXPECT_THAT(all(), IsEmpty());
}

TEST_P(FiguresStoreContract, CostsAreInTheCurrencyOfTheWorkspace) {
  const std::vector<FigureInput> cost = {{first_, day(1), 5 * kMicros, ""}};
  const auto early = store().put(workspace_, FigureKind::costs, cost);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, ErrorCode::conflict);
  EXPECT_EQ(early.error().slug, "no_currency");

  choose_currency("USD");
  choose_currency("EUR");
  put({{first_, day(1), 5 * kMicros, ""}, {second_, day(1), 1, "EUR"}}, FigureKind::costs);
  const std::vector<FigureInput> dollars = {{first_, day(2), 1, "USD"}};
  const auto faults = store().put(workspace_, FigureKind::costs, dollars).value();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].error.slug, "wrong_currency");
  EXPECT_THAT(all(FigureKind::costs),
              ElementsAre(Figure{first_, day(1), 5 * kMicros}, Figure{second_, day(1), 1}));

  Workspace workspace = stores_->accounts().workspace(workspace_).value();
  for (const char* code : {"USD", ""}) {
    workspace.currency = code;
    EXPECT_EQ(stores_->accounts().update_workspace(workspace).error().slug, "currency_in_use");
  }
  workspace.currency = "EUR";
  workspace.name = "renamed";
  EXPECT_TRUE(stores_->accounts().update_workspace(workspace));
  for (const LinkId link : {first_, second_})
    ASSERT_TRUE(store().remove(workspace_, FigureKind::costs, link, day(1)));
  choose_currency("USD");
}

TEST_P(FiguresStoreContract, ListsByDayAndLinkInPages) {
  put({{first_, day(0), 1, ""},
       {second_, day(0), 2, ""},
       {second_, day(1), 3, ""},
       {first_, day(2), 4, ""}});
  const auto values = [&](FigureListing listing) {
    listing.workspace = workspace_;
    std::vector<std::int64_t> out;
    const auto figures = store().list(listing).value();
    for (const Figure& figure : figures) out.push_back(figure.value);
    return out;
  };
  EXPECT_THAT(values({}), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(values({.link = second_}), ElementsAre(2, 3));
  EXPECT_THAT(values({.from = day(1)}), ElementsAre(3, 4));
  EXPECT_THAT(values({.to = day(1)}), ElementsAre(1, 2));
  EXPECT_THAT(values({.link = first_, .from = day(1), .to = day(3)}), ElementsAre(4));
  EXPECT_THAT(values({.limit = 2}), ElementsAre(1, 2));
  EXPECT_THAT(values({.after = std::pair(day(0), first_), .limit = 2}), ElementsAre(2, 3));
  EXPECT_THAT(values({.link = second_, .after = std::pair(day(0), second_)}), ElementsAre(3));
  EXPECT_THAT(store().list({.workspace = stores_->add_workspace("other")}).value(), IsEmpty());
}

TEST_P(FiguresStoreContract, SumsByLinkAndPeriod) {
  put({{first_, day(0), 1, ""},
       {first_, day(6), 2, ""},
       {first_, day(7), 4, ""},
       {second_, day(13), 0, ""},
       {second_, day(14), 8, ""}});
  const auto sums = [&](int from, int to, int period) {
    return store()
        .sums(workspace_, FigureKind::impressions, {day(from), day(to)}, days(period))
        .value();
  };
  EXPECT_THAT(sums(0, 14, 7), UnorderedElementsAre(FigureSum{first_, 0, 3}, FigureSum{first_, 1, 4},
                                                   FigureSum{second_, 1, 0}));
  EXPECT_THAT(sums(0, 15, 15),
              UnorderedElementsAre(FigureSum{first_, 0, 7}, FigureSum{second_, 0, 8}));
  EXPECT_THAT(sums(1, 6, 5), IsEmpty());
}

TEST_P(FiguresStoreContract, ALargeSumIsExactAndTheLargestDoesNotOverflow) {
  choose_currency("VND");
  std::vector<FigureInput> costs;
  for (int i = 0; i < 20; ++i) costs.push_back({first_, day(i), kMaxAmount, ""});
  put(costs, FigureKind::costs);
  const auto sum = [&](int n) {
    return store()
        .sums(workspace_, FigureKind::costs, {day(0), day(n)}, days(n))
        .value()
        .front()
        .value;
  };
  EXPECT_EQ(sum(9), 9 * kMaxAmount);
  EXPECT_EQ(sum(20), std::numeric_limits<std::int64_t>::max());
}

TEST_P(FiguresStoreContract, FiguresOutliveTheirLink) {
  put({{first_, day(0), 5, ""}});
  ASSERT_TRUE(stores_->links().remove(workspace_, first_));
  EXPECT_THAT(all(), ElementsAre(Figure{first_, day(0), 5}));
  EXPECT_TRUE(store().remove(workspace_, FigureKind::impressions, first_, day(0)));
}

}  // namespace
}  // namespace tally
