// SPDX-License-Identifier: Apache-2.0
// What is SQLite's own about links.db; what every store must do is in tests/contract.
#include "links/sqlite/links_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/random.h"

namespace tally {
namespace {

using testing::HasSubstr;

class LinksDatabaseTest : public testing::Test {
 protected:
  LinksDatabaseTest() {
    SystemRandom random;
    folder_ = std::filesystem::temp_directory_path() /
              ("tallymark-links-" + random.text(12, "abcdefghijklmnop"));
    std::filesystem::create_directories(folder_);
  }
  ~LinksDatabaseTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file() const { return folder_ / "links.db"; }

  ManualClock clock_{1'800'000'000'000};
  std::filesystem::path folder_;
};

TEST_F(LinksDatabaseTest, IsForItsOwnerOnly) {
  ASSERT_TRUE(LinksDatabase::open(file(), clock_));
  struct stat facts{};
  ASSERT_EQ(::stat(file().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
}

TEST_F(LinksDatabaseTest, OpensTwiceAndKeepsOneWorkspace) {
  ASSERT_TRUE(LinksDatabase::open(file(), clock_));
  const auto again = LinksDatabase::open(file(), clock_);
  ASSERT_TRUE(again);
  const auto count = (*again)->read([](Database& db) {
    return db.number("SELECT count(*) FROM workspaces WHERE name = 'default'");
  });
  EXPECT_EQ(count.value(), 1);
}

TEST_F(LinksDatabaseTest, RefusesANewerVersionInOneLine) {
  ASSERT_TRUE(LinksDatabase::open(file(), clock_));
  {
    auto db = Database::open(file(), Database::Mode::read_write);
    ASSERT_TRUE(db && db->script("PRAGMA user_version = 99"));
  }
  const auto opened = LinksDatabase::open(file(), clock_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::conflict);
  EXPECT_THAT(opened.error().line(), HasSubstr("links.db has version 99, this program knows 2"));
  EXPECT_EQ(opened.error().line().find('\n'), std::string::npos);
}

TEST_F(LinksDatabaseTest, RefusesWhatIsNotADatabase) {
  std::ofstream(file()) << std::string(4096, 'x');
  const auto opened = LinksDatabase::open(file(), clock_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

TEST_F(LinksDatabaseTest, RefusesAFolderThatIsNotThere) {
  EXPECT_FALSE(LinksDatabase::open(folder_ / "none" / "links.db", clock_));
}

TEST_F(LinksDatabaseTest, ReadsGoOnWhileSomebodyWrites) {
  const auto db = LinksDatabase::open(file(), clock_);
  ASSERT_TRUE(db);
  const auto done = (*db)->write([&](Database& writer) -> Result<void> {
    TRY(writer.run("INSERT INTO workspaces (name, created_at) VALUES ('second', 0)"));
    // Not committed yet: a reader neither waits nor sees it.
    const auto seen = (*db)->read(
        [](Database& reader) { return reader.number("SELECT count(*) FROM workspaces"); });
    EXPECT_EQ(seen.value(), 1);
    return {};
  });
  EXPECT_TRUE(done);
}

TEST_F(LinksDatabaseTest, AFailedBodyLeavesNothingBehind) {
  const auto db = LinksDatabase::open(file(), clock_);
  ASSERT_TRUE(db);
  const auto done = (*db)->write([&](Database& writer) -> Result<void> {
    TRY(writer.run("INSERT INTO workspaces (name, created_at) VALUES ('second', 0)"));
    return fail(ErrorCode::internal, "on purpose");
  });
  EXPECT_FALSE(done);
  const auto left = (*db)->read(
      [](Database& reader) { return reader.number("SELECT count(*) FROM workspaces"); });
  EXPECT_EQ(left.value(), 1);
}

TEST_F(LinksDatabaseTest, QuestionsOfEveryListAreAnsweredFromAnIndex) {
  const auto db = LinksDatabase::open(file(), clock_);
  ASSERT_TRUE(db);
  for (const char* order : {"created_at", "updated_at", "prefix", "title"}) {
    const std::string sql = std::string("EXPLAIN QUERY PLAN SELECT * FROM links WHERE ") +
                            "workspace = 1 AND (" + order + ", id) < (5, 5) ORDER BY " + order +
                            " DESC, id DESC LIMIT 50";
    const auto plan = (*db)->read([&](Database& reader) -> Result<std::string> {
      TRY_ASSIGN(Statement row, reader.query(sql));
      std::string out;
      for (;;) {
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return out;
        out += row.text(3) + "; ";
      }
    });
    ASSERT_TRUE(plan);
    EXPECT_THAT(*plan, HasSubstr("USING INDEX")) << order;
    EXPECT_THAT(*plan, testing::Not(HasSubstr("TEMP B-TREE"))) << order;
  }
}

}  // namespace
}  // namespace tally
