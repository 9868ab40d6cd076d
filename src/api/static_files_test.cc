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
  const std::string policy = field(page, "Content-Security-Policy");
  EXPECT_THAT(policy, testing::HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, testing::Not(testing::HasSubstr("unsafe")));
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

TEST_F(StaticFilesTest, PacksTextForThoseWhoTakeIt) {
  const std::string text(5000, 'x');
  write("assets/long-1.js", text);
  write("assets/picture-1.png", text);
  const StaticFiles files = StaticFiles::load(root_).value();
  struct Row {
    const char* path;
    const char* accept;
    bool packed;
    const char* vary;
  };
  const Row rows[] = {
      {"/assets/long-1.js", "br, gzip", true, "Accept-Encoding"},
      {"/assets/long-1.js", "", false, "Accept-Encoding"},
      {"/assets/long-1.js", "gzip;q=0", false, "Accept-Encoding"},
      {"/assets/picture-1.png", "gzip", false, ""},
      {"/", "gzip", false, ""},  // no smaller in gzip
  };
  for (const Row& row : rows) {
    Request request = get(row.path);
    request.fields.push_back({"Accept-Encoding", row.accept});
    const auto answer = files.serve(request).value();
    EXPECT_EQ(field(answer, "Content-Encoding"), row.packed ? "gzip" : "") << row.path;
    EXPECT_EQ(field(answer, "Vary"), row.vary) << row.path;
    EXPECT_EQ(answer.body.size() < 100, row.packed || answer.body == "<html>") << row.path;
  }
}

TEST_F(StaticFilesTest, PlainAndPackedHaveTheirOwnTags) {
  write("assets/long-1.js", std::string(5000, 'x'));
  const StaticFiles files = StaticFiles::load(root_).value();
  Request plain = get("/assets/long-1.js");
  Request packed = plain;
  packed.fields.push_back({"Accept-Encoding", "gzip"});
  const std::string plain_tag = field(files.serve(plain).value(), "ETag");
  const std::string packed_tag = field(files.serve(packed).value(), "ETag");
  EXPECT_NE(plain_tag, packed_tag);
  plain.fields.push_back({"If-None-Match", packed_tag});
  packed.fields.push_back({"If-None-Match", packed_tag});
  EXPECT_EQ(files.serve(plain)->status, 200);
  const auto kept = files.serve(packed).value();
  EXPECT_EQ(kept.status, 304);
  EXPECT_EQ(field(kept, "Vary"), "Accept-Encoding");
  EXPECT_EQ(field(kept, "Content-Encoding"), "");
}

TEST_F(StaticFilesTest, WithoutAFolderThereAreNone) {
  EXPECT_TRUE(StaticFiles::load("")->empty());
  EXPECT_TRUE(StaticFiles::load(root_ / "missing")->empty());
  EXPECT_FALSE(StaticFiles::load("")->serve(get("/")));
}

}  // namespace
}  // namespace tally
