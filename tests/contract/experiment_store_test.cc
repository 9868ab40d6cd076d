// SPDX-License-Identifier: Apache-2.0
// What every ExperimentStore must do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ExperimentStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  ExperimentStoreContract() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
    first_ = add_link(workspace_, "first");
    second_ = add_link(workspace_, "second");
  }
  ExperimentStore& store() { return stores_->experiments(); }

  LinkId add_link(WorkspaceId workspace, const std::string& prefix) {
    Link link;
    link.workspace = workspace;
    link.prefix = prefix;
    link.destination = "https://example.com/";
    return stores_->links().create(link).value().id;
  }
  ExperimentSetup setup(ExperimentKind kind, std::vector<ExperimentArm> arms) const {
    ExperimentSetup out;
    out.workspace = workspace_;
    out.name = "Spring's \"sale\"";
    out.kind = kind;
    out.arms = std::move(arms);
    out.starts_at = 1'700'000'000'123;
    out.least_effect_ppm = 50'000;
    return out;
  }
  ExperimentSetup of_links() const {
    return setup(ExperimentKind::links, {{first_, "", 0}, {second_, "", 0}});
  }
  ExperimentSetup of_variants() const {
    return setup(ExperimentKind::variants, {{second_, "b", 1}, {second_, "a", 10'000}});
  }
  std::vector<ExperimentId> listed(ExperimentListing listing) {
    listing.workspace = workspace_;
    std::vector<ExperimentId> out;
    const auto found = store().list(listing);
    for (const ExperimentSetup& one : found.value()) out.push_back(one.id);
    return out;
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
  LinkId first_, second_;
};

INSTANTIATE_TEST_SUITE_P(Stores, ExperimentStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(ExperimentStoreContract, EveryFieldComesBack) {
  for (ExperimentSetup wanted : {of_links(), of_variants()}) {
    const auto made = store().create(wanted);
    ASSERT_TRUE(made) << made.error().line();
    wanted.id = made->id;
    wanted.created_at = wanted.updated_at = stores_->clock.now_ms();
    EXPECT_TRUE(made->id);
    EXPECT_EQ(*made, wanted);
    EXPECT_EQ(store().get(workspace_, made->id).value(), wanted);
  }
}

TEST_P(ExperimentStoreContract, AnUpdateChangesNameEndAndEffectOnly) {
  ExperimentSetup made = store().create(of_variants()).value();
  stores_->clock.advance(1000);
  ExperimentSetup wanted = made;
  wanted.name = "renamed";
  wanted.ends_at = 1'900'000'000'000;
  wanted.least_effect_ppm = 1;
  ExperimentSetup asked = wanted;
  asked.kind = ExperimentKind::links;
  asked.arms.clear();
  asked.starts_at = 5;
  wanted.updated_at = made.created_at + 1000;
  EXPECT_EQ(store().update(asked).value(), wanted);
  wanted.ends_at.reset();
  EXPECT_EQ(store().update(wanted).value(), wanted);
}

TEST_P(ExperimentStoreContract, ListsNewestFirstInPagesAndByLink) {
  const ExperimentId one = store().create(of_links())->id;
  const ExperimentId two = store().create(of_variants())->id;
  const ExperimentId three = store().create(of_links())->id;
  EXPECT_THAT(listed({}), ElementsAre(three, two, one));
  EXPECT_THAT(listed({.limit = 2}), ElementsAre(three, two));
  EXPECT_THAT(listed({.after = two}), ElementsAre(one));
  EXPECT_THAT(listed({.link = first_}), ElementsAre(three, one));
  EXPECT_THAT(listed({.link = second_, .limit = 1}), ElementsAre(three));
  EXPECT_THAT(listed({.link = LinkId{99}}), IsEmpty());
}

TEST_P(ExperimentStoreContract, ArmsAreLinksOfTheWorkspace) {
  const WorkspaceId other = stores_->add_workspace("other");
  const LinkId foreign = add_link(other, "foreign");
  const struct {
    ExperimentSetup setup;
    const char* field;
  } rows[] = {
      {setup(ExperimentKind::links, {{first_, "", 0}, {foreign, "", 0}}), "link_ids[1]"},
      {setup(ExperimentKind::links, {{LinkId{99}, "", 0}, {first_, "", 0}}), "link_ids[0]"},
      {setup(ExperimentKind::variants, {{foreign, "a", 1}, {foreign, "b", 1}}), "link_id"},
  };
  for (const auto& row : rows) {
    const auto refused = store().create(row.setup);
    ASSERT_FALSE(refused) << row.field;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    EXPECT_EQ(refused.error().slug, "unknown_link");
    EXPECT_EQ(refused.error().field, row.field);
  }
  EXPECT_THAT(listed({}), IsEmpty());
}

TEST_P(ExperimentStoreContract, OutliveTheirLinksAndGoWhenTold) {
  const ExperimentSetup made = store().create(of_links()).value();
  ASSERT_TRUE(stores_->links().remove(workspace_, first_));
  EXPECT_EQ(store().get(workspace_, made.id).value(), made);
  ASSERT_TRUE(store().remove(workspace_, made.id));
  EXPECT_EQ(store().remove(workspace_, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().get(workspace_, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().update(made).error().code, ErrorCode::not_found);
  EXPECT_GT(store().create(of_variants())->id, made.id);  // a number is given out once
}

TEST_P(ExperimentStoreContract, AnotherWorkspaceDoesNotSeeThem) {
  const ExperimentSetup made = store().create(of_links()).value();
  const WorkspaceId other = stores_->add_workspace("other");
  ExperimentSetup stolen = made;
  stolen.workspace = other;
  EXPECT_EQ(store().get(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().update(stolen).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_THAT(store().list({.workspace = other}).value(), IsEmpty());
  EXPECT_EQ(store().get(workspace_, made.id).value(), made);
}

}  // namespace
}  // namespace tally
