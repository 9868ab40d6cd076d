// SPDX-License-Identifier: Apache-2.0
#include "server/node.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"

namespace tally {
namespace {

class NodeTest : public ::testing::Test {
 protected:
  Result<Node> open() { return Node::open(files_, random_, folder_.path() / "data"); }
  TestFolder folder_;
  PosixFiles files_;
  SeededRandom random_{1};
};

TEST_F(NodeTest, EachStartHasItsOwnEpochAndOneKey) {
  std::array<unsigned char, 16> key{};
  for (std::uint32_t epoch = 1; epoch <= 3; ++epoch) {
    const auto node = open();
    ASSERT_TRUE(node);
    EXPECT_EQ(node->epoch(), epoch);
    if (epoch == 1) key = node->click_id_key();
    EXPECT_EQ(node->click_id_key(), key);
  }
}

TEST_F(NodeTest, ASecondProcessIsRefused) {
  const auto first = open();
  ASSERT_TRUE(first);
  const auto second = open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST_F(NodeTest, ANewerOrDamagedFolderIsRefused) {
  ASSERT_TRUE(make_directory(folder_.path() / "data"));
  ASSERT_TRUE(files_.replace(folder_.path() / "data" / "node", "format=2\nnode=1\nepoch=5\n"));
  EXPECT_EQ(open().error().code, ErrorCode::conflict);
  ASSERT_TRUE(files_.replace(folder_.path() / "data" / "node", "format=1\nnode=1\n"));
  EXPECT_EQ(open().error().code, ErrorCode::corrupt);
}

TEST_F(NodeTest, ALongFolderNameStillHasASocket) {
  const auto node = Node::open(files_, random_, folder_.path() / std::string(120, 'x'));
  ASSERT_TRUE(node);
  EXPECT_LT(node->engine_socket().string().size(), 108u);
}

}  // namespace
}  // namespace tally
