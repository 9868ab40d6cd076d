// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    std::string pattern = ::testing::TempDir() + "files_XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~FilesTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  PosixFiles files_;
};

TEST_F(FilesTest, AppendsAndReadsBack) {
  const auto file = files_.create(folder_ / "a", 1 << 20);
  ASSERT_TRUE(file) << file.error().line();
  ASSERT_TRUE((*file)->append("one"));
  ASSERT_TRUE((*file)->append("two"));
  ASSERT_TRUE((*file)->sync());
  EXPECT_EQ(files_.read_all(folder_ / "a").value().size(), 1 << 20);
  ASSERT_TRUE((*file)->finish());
  EXPECT_EQ(files_.read_all(folder_ / "a").value(), "onetwo");
  EXPECT_EQ(files_.open(folder_ / "a").value()->read(4, 100).value(), "wo");
}

TEST_F(FilesTest, CreateRefusesAnExistingFile) {
  ASSERT_TRUE(files_.create(folder_ / "a", 0));
  EXPECT_EQ(files_.create(folder_ / "a", 0).error().code, ErrorCode::conflict);
}

TEST_F(FilesTest, ReplaceIsPrivateAndWhole) {
  ASSERT_TRUE(files_.replace(folder_ / "secret", "old"));
  ASSERT_TRUE(files_.replace(folder_ / "secret", "new"));
  EXPECT_EQ(files_.read_all(folder_ / "secret").value(), "new");
  const auto mode = std::filesystem::status(folder_ / "secret").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(list_directory(folder_).value(), std::vector<std::string>{"secret"});
}

TEST_F(FilesTest, MissingFileIsNotFoundAndNamed) {
  const auto error = files_.read_all(folder_ / "absent").error();
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_NE(error.message.find("absent"), std::string::npos);
}

TEST_F(FilesTest, MakeDirectoryRefusesAFileInItsPlace) {
  ASSERT_TRUE(files_.replace(folder_ / "file", ""));
  EXPECT_FALSE(make_directory(folder_ / "file"));
  EXPECT_TRUE(make_directory(folder_ / "x" / "y"));
  EXPECT_TRUE(make_directory(folder_ / "x" / "y"));
}

}  // namespace
}  // namespace tally
