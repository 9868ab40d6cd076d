// SPDX-License-Identifier: Apache-2.0
#include "mail/address.h"

#include <gtest/gtest.h>

#include <string>

namespace tally {
namespace {

TEST(MailAddress, IsOneThatMailCanBeSentTo) {
  const std::string long_label(63, 'a');
  const struct {
    std::string text;
    bool good;
  } rows[] = {
      {"ada@example.com", true},
      {"Ada.Lovelace+alerts@mail.example.co.uk", true},
      {"root@localhost", true},
      {"o'neil_x@xn--mnchen-3ya.de", true},
      {std::string(64, 'l') + "@example.com", true},
      {"a@" + long_label + ".com", true},
      {"", false},
      {"ada", false},
      {"@example.com", false},
      {"ada@", false},
      {"ada@example.", false},
      {"ada@.example", false},
      {"ada@-example.com", false},
      {"ada@example-.com", false},
      {"ada@exa_mple.com", false},
      {".ada@example.com", false},
      {"ada..l@example.com", false},
      {"ada@b@example.com", false},
      {"\"ada l\"@example.com", false},
      {"ada@[127.0.0.1]", false},
      {"ada @example.com", false},
      {"ada@example.com ", false},
      {"ada@example.com\r\nBcc: eve@example.com", false},
      {"ada\n@example.com", false},
      {"ada>@example.com", false},
      {"ädä@example.com", false},
      {"ada@exämple.com", false},
      {std::string("ada\0@example.com", 16), false},
      {std::string(65, 'l') + "@example.com", false},
      {"a@" + long_label + "a.com", false},
      {"a@" + long_label + "." + long_label + "." + long_label + "." + long_label, false},
  };
  for (const auto& row : rows) EXPECT_EQ(is_mail_address(row.text), row.good) << row.text;
}

}  // namespace
}  // namespace tally
