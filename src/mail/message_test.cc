// SPDX-License-Identifier: Apache-2.0
#include "mail/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

Mail mail(std::string subject, std::string text) {
  return {"ada@example.com", std::move(subject), std::move(text), "evt-4-a1", 1'800'000'000'999};
}

TEST(MailMessage, IsHeadersAndText) {
  EXPECT_EQ(message_text("alerts@go.example", mail("Firing: sale", "One.\n\nTwo.\n")).value(),
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
            "From: Tallymark <alerts@go.example>\r\n"
            "To: <ada@example.com>\r\n"
            "Subject: Firing: sale\r\n"
            "Message-ID: <evt-4-a1@go.example>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "One.\r\n\r\nTwo.\r\n");
}

TEST(MailMessage, SubjectsBeyondAsciiAreEncodedWords) {
  const struct {
    std::string subject, line;
  } rows[] = {
      {"", "Subject: \r\n"},
      {"plain", "Subject: plain\r\n"},
      {"Größe", "Subject: =?UTF-8?B?R3LDtsOfZQ==?=\r\n"},
      {"a =?UTF-8?Q?b?= c", "Subject: =?UTF-8?B?YSA9P1VURi04P1E/Yj89IGM=?=\r\n"},
      // 45 bytes would end within the last character.
      {std::string(44, 'x') + "é!",
       "Subject: =?UTF-8?B?eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=?=\r\n"
       " =?UTF-8?B?w6kh?=\r\n"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(message_text("a@b.c", mail(row.subject, "")).value(), HasSubstr(row.line));
}

TEST(MailMessage, TextIsQuotedPrintable) {
  const struct {
    std::string text, body;
  } rows[] = {
      {"", "\r\n\r\n"},
      {"1 + 1 = 2", "\r\n1 + 1 =3D 2\r\n"},
      {"ends in a blank ", "\r\nends in a blank=20\r\n"},
      {"né\tx\t", "\r\nn=C3=A9\tx=09\r\n"},
      {"a\r\nb", "\r\na=0D\r\nb\r\n"},
      {".\nBcc: eve@example.com", "\r\n.\r\nBcc: eve@example.com\r\n"},
      {std::string(76, 'x'), "\r\n" + std::string(76, 'x') + "\r\n"},
      {std::string(77, 'x'), "\r\n" + std::string(75, 'x') + "=\r\nxx\r\n"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(message_text("a@b.c", mail("s", row.text)).value(), EndsWith(row.body));
}

TEST(MailMessage, NothingCanBeginAHeaderOfItsOwn) {
  const struct {
    const char* from;
    Mail mail;
    const char* field;
  } rows[] = {
      {"a@b.c\r\nX: y", mail("s", ""), "from"},
      {"", mail("s", ""), "from"},
      {"a@b.c", mail("s\r\nBcc: eve@example.com", ""), "subject"},
      {"a@b.c", mail("s\n", ""), "subject"},
      {"a@b.c", mail(std::string("s\0t", 3), ""), "subject"},
      {"a@b.c", mail("s\x7f", ""), "subject"},
      {"a@b.c", mail("s\xff", ""), "subject"},
      {"a@b.c", mail(std::string(501, 's'), ""), "subject"},
      {"a@b.c", {"ada@example.com>\r\nX: <y", "s", "", "i", 0}, "to"},
      {"a@b.c", {"ada@example.com", "s", "", "i>\r\n", 0}, "id"},
      {"a@b.c", {"ada@example.com", "s", "", "", 0}, "id"},
  };
  for (const auto& row : rows) {
    const auto refused = message_text(row.from, row.mail);
    ASSERT_FALSE(refused) << row.field;
    EXPECT_EQ(refused.error().field, row.field);
  }
}

}  // namespace
}  // namespace tally
