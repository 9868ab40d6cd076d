// SPDX-License-Identifier: Apache-2.0
#include "server/read_port.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

Result<Settings> settings_of(std::vector<std::string> overrides) {
  Settings settings;
  TRY(apply_settings({.file = {}, .environment = {}, .overrides = std::move(overrides)}, settings));
  TRY(check_read_port(settings));
  return settings;
}

TEST(ReadPortTest, IsOffByDefault) {
  const auto settings = settings_of({});
  ASSERT_TRUE(settings);
  const auto socket = open_read_port(*settings);
  ASSERT_TRUE(socket);
  EXPECT_FALSE(*socket);
  // A token alone opens nothing.
  EXPECT_FALSE(settings_of({"clicks.read_token=" + std::string(kToken)})->read_listen);
}

TEST(ReadPortTest, ListensWhereItIsTold) {
  const auto settings =
      settings_of({"clicks.read_listen=127.0.0.1:0", "clicks.read_token=" + std::string(kToken)});
  ASSERT_TRUE(settings) << settings.error().line();
  const auto socket = open_read_port(*settings);
  ASSERT_TRUE(socket) << socket.error().line();
  ASSERT_TRUE(*socket);
  Settings taken = *settings;
  taken.read_listen->port = local_port(*socket).value();
  EXPECT_FALSE(open_read_port(taken));
}

TEST(ReadPortTest, RefusesWhatDoesNotFit) {
  struct Row {
    std::vector<std::string> overrides;
    std::string_view message;
  };
  const std::string token = "clicks.read_token=" + std::string(kToken);
  for (const Row& row : std::initializer_list<Row>{
           {{"clicks.read_listen=127.0.0.1:0"}, "needs clicks.read_token"},
           {{"clicks.read_listen=127.0.0.1"}, "not an address"},
           {{"clicks.read_token=my-secret"}, "at least 32 printable characters"},
           {{"clicks.read_listen=127.0.0.1:0", token, "clicks.url=http://127.0.0.1:8123"},
            "for the embedded engine"},
       }) {
    const auto settings = settings_of(row.overrides);
    ASSERT_FALSE(settings);
    EXPECT_NE(settings.error().line().find(row.message), std::string::npos)
        << settings.error().line();
    EXPECT_EQ(settings.error().line().find("my-secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace tally
