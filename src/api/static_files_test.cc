// SPDX-License-Identifier: Apache-2.0
#include "api/static_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/random.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    SystemRandom random;
    root_ = fs::temp_directory_path() / ("tallymark-web-" + random.text(12, "abcdefghijkl"));
    fs::create_directories(root_ / "assets");
    write("index.html", "<html>");
    write("favicon.svg", "<svg>");
    write("assets/app-1f2e.js", "run()");
  }
  ~StaticFilesTest() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(root_ / name) << content;
  }
  static Request get(std::string path) {
    Request request;
    request.method = "GET";
    request.path = std::move(path);
    return request;
  }
  static std::string field(const Response& response, std::string_view name) {
    for (const HeaderField& f : response.fields)
      if (f.name == name) return f.value;
    return {};
  }

  fs::path root_;
};

TEST_F(StaticFilesTest, ServesFilesAndPages) {
  const StaticFiles files = StaticFiles::load(root_).value();
  struct Row {
    const char* path;
    const char* body;  // "" for not found
  };
  const Row rows[] = {
      {"/", "<html>"},
      {"/index.html", "<html>"},
      {"/links/lnk_7", "<html>"},
      {"/setup", "<html>"},
      {"/favicon.svg", "<svg>"},
      {"/favicon%2Esvg", "<svg>"},
      {"/assets/app-1f2e.js", "run()"},
      {"/assets/app-0000.js", ""},
      {"/robots.txt", ""},
      {"/api/v1/nothing", ""},
      {"/api", ""},
      {"/../../etc/passwd.txt", ""},
      {"/%2e%2e/%2e%2e/etc/passwd.txt", ""},
      {"/%", ""},
  };
  for (const Row& row : rows) {
    const auto response = files.serve(get(row.path));
    EXPECT_EQ(response ? response->body : "", row.body) << row.path;
    EXPECT_TRUE(response || response.error().code == ErrorCode::not_found) << row.path;
  }
}

TEST_F(StaticFilesTest, NamesWithAHashLast) {
  const StaticFiles files = StaticFiles::load(root_).value();
  const auto script = files.serve(get("/assets/app-1f2e.js")).value();
  EXPECT_EQ(field(script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(field(script, "Content-Type"), "text/javascript; charset=utf-8");
  const auto page = files.serve(get("/")).value();
  EXPECT_EQ(field(page, "Cache-Control"), "no-cache");
  EXPECT_THAT(field(page, "Content-Security-Policy"), testing::HasSubstr("default-src 'self'"));
}

TEST_F(StaticFilesTest, RevalidatesByTag) {
  const StaticFiles files = StaticFiles::load(root_).value();
  const std::string tag = field(files.serve(get("/")).value(), "ETag");
  struct Row {
    std::string sent;
    int status;
  };
  const Row rows[] = {
      {tag, 304}, {"W/" + tag, 304}, {"\"x\", " + tag, 304}, {"*", 304}, {"\"x\"", 200}, {"", 200},
  };
  for (const Row& row : rows) {
    Request request = get("/");
    request.fields.push_back({"If-None-Match", row.sent});
    EXPECT_EQ(files.serve(request)->status, row.status) << row.sent;
  }
  write("index.html", "<html>new");
  EXPECT_NE(field(StaticFiles::load(root_)->serve(get("/")).value(), "ETag"), tag);
}

TEST_F(StaticFilesTest, WithoutAFolderThereAreNone) {
  EXPECT_TRUE(StaticFiles::load("")->empty());
  EXPECT_TRUE(StaticFiles::load(root_ / "missing")->empty());
  EXPECT_FALSE(StaticFiles::load("")->serve(get("/")));
}

}  // namespace
}  // namespace tally
