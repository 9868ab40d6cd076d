// SPDX-License-Identifier: Apache-2.0
// What is SQLite's own about links.db; what every store must do is in tests/contract.
#include "links/sqlite/links_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/random.h"
#include "links/sqlite/sqlite_link_store.h"

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
  EXPECT_THAT(opened.error().line(), HasSubstr("links.db has version 99, this program knows 15"));
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
  const auto plan = [&](const std::string& sql) {
    return (*db)->read([&](Database& reader) -> Result<std::string> {
      TRY_ASSIGN(Statement row, reader.query("EXPLAIN QUERY PLAN SELECT * FROM links " + sql));
      std::string out;
      for (;;) {
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return out;
        out += row.text(3) + "; ";
      }
    });
  };
  for (const std::string order : {"created_at", "updated_at", "prefix", "title"}) {
    const auto used = plan("WHERE workspace = 1 AND (" + order + ", id) < (5, 5) ORDER BY " +
                           order + " DESC, id DESC LIMIT 50");
    ASSERT_TRUE(used);
    EXPECT_THAT(*used, HasSubstr("USING INDEX")) << order;
    EXPECT_THAT(*used, testing::Not(HasSubstr("TEMP B-TREE"))) << order;
  }
  EXPECT_THAT(plan("WHERE expires_at > (SELECT told_to FROM link_expiry) AND expires_at <= 5 AND "
                   "+workspace IN (SELECT workspace FROM webhooks WHERE enabled <> 0)")
                  .value(),
              HasSubstr("SEARCH links USING INDEX links_expires (expires_at>? AND expires_at<?)"));
  EXPECT_THAT(plan("JOIN link_hosts ON link = id WHERE host = 'a.example'").value(),
              testing::AllOf(HasSubstr("SEARCH link_hosts USING PRIMARY KEY (host=?)"),
                             HasSubstr("SEARCH links USING INTEGER PRIMARY KEY (rowid=?)")));
}

// What version 1 wrote is read as it was, and links have no behaviour yet.
TEST_F(LinksDatabaseTest, BringsAnOlderFileUpToDate) {
  ASSERT_TRUE(LinksDatabase::open(file(), clock_));
  {
    auto db = Database::open(file(), Database::Mode::read_write);
    ASSERT_TRUE(db &&
                db->script("DROP INDEX links_domain; DROP INDEX links_disabled; DROP TABLE domains;"
                           "DROP TABLE domains_version; DROP TABLE link_hosts;"
                           "DROP TABLE impressions; DROP TABLE costs;"
                           "DROP INDEX conversions_valued; DROP TABLE conversions;"
                           "ALTER TABLE api_keys DROP COLUMN public;"
                           "DROP TABLE experiment_arms; DROP TABLE experiments;"
                           "DROP TABLE webhook_deliveries; DROP TABLE webhook_events;"
                           "DROP TABLE webhooks; DROP TABLE link_expiry;"
                           "DROP INDEX links_expires;"
                           "DROP TABLE link_history;"
                           "DROP TABLE export_runs; DROP TABLE export_filters;"
                           "DROP TABLE export_buckets; DROP TABLE exports;"
                           "DROP TABLE alert_changes; DROP TABLE alert_filters;"
                           "DROP TABLE alerts; DROP TABLE outbox; DROP TABLE outbox_readers;"
                           "ALTER TABLE workspaces DROP COLUMN retention_days;"
                           "ALTER TABLE workspaces DROP COLUMN experiment_cookie;"
                           "ALTER TABLE workspaces DROP COLUMN time_zone;"
                           "ALTER TABLE workspaces DROP COLUMN currency;"
                           "ALTER TABLE links DROP COLUMN behaviour;"
                           "INSERT INTO links VALUES (7, 1, '', 'old', '', "
                           "'https://a.example/{token}', 'T', 'x', '', '', '', '', '', '', '', "
                           "'', 1, NULL, NULL, 5, 6, 1);"
                           "UPDATE link_version SET version = 1;"
                           "PRAGMA user_version = 1"));
  }
  const auto opened = LinksDatabase::open(file(), clock_);
  ASSERT_TRUE(opened) << opened.error().line();
  SqliteLinkStore store(**opened, clock_);
  const Link link = store.get(WorkspaceId{1}, LinkId{7}).value();
  EXPECT_EQ(link.prefix, "old");
  EXPECT_EQ(link.updated_at, 6);
  EXPECT_EQ(link.status, 302);
  const auto old = store.history({link.workspace, link.id});
  EXPECT_TRUE(old && old->empty()) << "nobody knows what was before";
  EXPECT_TRUE(store.update(link, {}));
  EXPECT_TRUE(store.domains().value().empty());
  std::vector<LinkId> leading;
  EXPECT_TRUE(store.leading_to("a.example", [&](const Link& each) {
    leading.push_back(each.id);
    return true;
  }));
  EXPECT_EQ(leading, std::vector{LinkId{7}});
}

TEST_F(LinksDatabaseTest, ABehaviourThatCannotBeReadIsSaid) {
  const auto opened = LinksDatabase::open(file(), clock_);
  ASSERT_TRUE(opened);
  SqliteLinkStore store(**opened, clock_);
  Link link;
  link.workspace = WorkspaceId{1};
  link.prefix = "p";
  link.destination = "https://a.example/";
  link = store.create(link, {}).value();
  for (const char* bad : {"{", "[]", R"({"status":"x"})", R"({"rules":[{}]})",
                          R"({"privacy":"other"})", R"({"status":99999})"}) {
    const std::string text = bad;
    ASSERT_TRUE((*opened)->write(
        [&](Database& db) { return db.run("UPDATE links SET behaviour = ?", text); }));
    const auto read = store.get(link.workspace, link.id);
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    EXPECT_THAT(read.error().line(), HasSubstr(link.id.text()));
  }
}

}  // namespace
}  // namespace tally
