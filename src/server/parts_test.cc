// SPDX-License-Identifier: Apache-2.0
#include "server/parts.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_link_store.h"

namespace tally {
namespace {

TEST(Redirects, OfSettingsDoNotLeadBackHere) {
  struct Row {
    const char* base_url;
    const char* redirect;
    bool fine;
  };
  const Row rows[] = {
      {"https://go.example", "", true},
      {"https://go.example", "https://example.com/", true},
      {"https://go.example", "https://go.example:8443/", true},
      {"https://go.example", "https://GO.example./x", false},
      {"https://go.example", "http://go.example", false},
      {"https://go.example", "https://b.example/x", false},
      {"https://go.example:8443", "https://go.example:8443/x", false},
      {"https://go.example:8443", "https://b.example:8443/x", false},
      {"", "http://127.0.0.1:8080/x", false},
      {"", "http://127.0.0.1:8081/x", true},
  };
  const TestFolder folder;
  const SystemClock clock;
  SystemRandom random;
  const auto database = LinksDatabase::open(folder.path() / "links.db", clock).value();
  SqliteLinkStore links(*database, clock);
  Domain domain;
  domain.workspace = SqliteAccountStore(*database, clock, random).default_workspace()->id;
  domain.host = "b.example";
  ASSERT_TRUE(links.create_domain(domain));
  for (const Row& row : rows) {
    for (const bool root : {true, false}) {
      Settings settings;
      settings.links = {"127.0.0.1", 8080};
      settings.links_base_url = row.base_url;
      (root ? settings.root_redirect : settings.not_found_redirect) = row.redirect;
      const auto done = check_redirects(settings, links);
      EXPECT_EQ(done.has_value(), row.fine) << row.base_url << " " << row.redirect;
      if (done) continue;
      const std::string name = root ? "links.root_redirect" : "links.not_found_redirect";
      EXPECT_TRUE(done.error().line().contains(name)) << done.error().line();
    }
  }
}

}  // namespace
}  // namespace tally
