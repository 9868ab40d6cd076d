// SPDX-License-Identifier: Apache-2.0
#include "links/secrets.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Secrets, AreHashedWithSha256) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(hash_secret("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Secrets, AreRandomLettersAndDigits) {
  SystemRandom random;
  const std::string a = make_secret(random, 40);
  EXPECT_EQ(a.size(), 40u);
  EXPECT_EQ(a.find_first_not_of(kLettersAndDigits), std::string::npos);
  EXPECT_NE(a, make_secret(random, 40));
}

TEST(Secrets, Compare) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_TRUE(same_secret("", ""));
}

TEST(Secrets, PasswordsAreArgon2idWithTheOwaspParameters) {
  const auto hash = hash_password("correct horse");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << *hash;
  EXPECT_TRUE(fits_password(*hash, "correct horse"));
  EXPECT_FALSE(fits_password(*hash, "correct horsf"));
  EXPECT_FALSE(fits_password(*hash, ""));
  EXPECT_NE(*hash, *hash_password("correct horse"));
}

TEST(Secrets, NoPasswordFitsTheMissingHash) {
  EXPECT_FALSE(fits_password("", ""));
  EXPECT_FALSE(fits_password("", "anything"));
}

}  // namespace
}  // namespace tally
