// SPDX-License-Identifier: Apache-2.0
// What is said to a server is tested against one, in tests/system/alerts.test.mjs.
#include "mail/smtp_client.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

SmtpSettings settings(std::string url, std::string from, std::string user = {},
                      std::string password = {}) {
  SmtpSettings out;
  out.url = std::move(url);
  out.from = std::move(from);
  out.user = std::move(user);
  out.password = std::move(password);
  return out;
}

TEST(SmtpClient, SettingsAreCheckedTogether) {
  const struct {
    SmtpSettings settings;
    bool good;
  } rows[] = {
      {settings("", ""), true},
      {settings("smtp://mail.example.com:587", "a@b.c"), true},
      {settings("smtps://mail.example.com", "a@b.c", "u", "p"), true},
      {settings("smtp://[::1]:25", "a@b.c"), true},
      {settings("smtp://mail.example.com/", "a@b.c"), true},
      {settings("smtp://mail.example.com", ""), false},
      {settings("smtp://mail.example.com", "a"), false},
      {settings("smtp://mail.example.com", "a@b.c", "u"), false},
      {settings("smtp://mail.example.com", "a@b.c", "", "p"), false},
      {settings("smtp://u:p@mail.example.com", "a@b.c"), false},
      {settings("smtp://mail.example.com/name", "a@b.c"), false},
      {settings("http://mail.example.com", "a@b.c"), false},
      {settings("mail.example.com", "a@b.c"), false},
      {settings("smtp://", "a@b.c"), false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(check_smtp(row.settings).has_value(), row.good) << row.settings.url;
}

TEST(SmtpClient, NoComplaintHoldsAPassword) {
  const auto refused = check_smtp(settings("smtp://u:secret@h", "a@b.c", "", "secret"));
  ASSERT_FALSE(refused);
  EXPECT_FALSE(refused.error().line().contains("secret"));
}

}  // namespace
}  // namespace tally
