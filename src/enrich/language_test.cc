// SPDX-License-Identifier: Apache-2.0
#include "enrich/language.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Language, IsTheFirstOneNormalised) {
  const struct {
    std::string_view header, language;
  } rows[] = {
      {"en-US,en;q=0.9", "en-US"},
      {"de", "de"},
      {"de-de", "de-DE"},
      {" fr-CA ; q=0.5", "fr-CA"},
      {"zh-Hant-TW,zh;q=0.8", "zh-TW"},
      {"es-419", "es-419"},
      {"sr-Latn", "sr"},
      {"fil-PH", "fil-PH"},
      {"EN-gb", "en-GB"},
      {"", "Unknown"},
      {"*", "Unknown"},
      {"*;q=0.5", "Unknown"},
      {"e", "Unknown"},
      {"english", "Unknown"},
      {"12-34", "Unknown"},
      {"en_US", "Unknown"},
      {"\xff\xfe", "Unknown"},
      {"-,-", "Unknown"},
      {"de-DE-1996", "de-DE"},
      {"en-US-u-ca-buddhist", "en-US"},
  };
  for (const auto& row : rows) EXPECT_EQ(language_of(row.header), row.language) << row.header;
  EXPECT_EQ(language_of(std::string(100'000, '-')), "Unknown");
}

}  // namespace
}  // namespace tally
