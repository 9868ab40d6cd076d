// SPDX-License-Identifier: Apache-2.0
#include "api/json.h"

#include <gtest/gtest.h>

#include "base/json_writer.h"

namespace tally {
namespace {

std::string nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, RefusesWhatTwoReadersCouldReadInTwoWays) {
  struct Row {
    std::string text;
    const char* slug;
    const char* field;
  };
  const Row rows[] = {
      {"", "bad_json", ""},
      {" ", "bad_json", ""},
      {"{", "bad_json", ""},
      {"{} x", "bad_json", ""},
      {"{} {}", "bad_json", ""},
      {"{'a':1}", "bad_json", ""},
      {"{\"a\":1,}", "bad_json", ""},
      {"{\"a\":NaN}", "bad_json", ""},
      {"{\"a\":01}", "bad_json", ""},
      {"{/*c*/}", "bad_json", ""},
      {"\xef\xbb\xbf{}", "bad_json", ""},
      {"{\"a\":\"\\ud800\"}", "bad_json", ""},
      {"{\"a\":\"\n\"}", "bad_json", ""},
      {"{\"a\":\"\xff\"}", "not_utf8", ""},
      {"{\"\xc0\xaf\":1}", "not_utf8", ""},
      {"{\"a\":1,\"b\":2,\"a\":3}", "duplicate_key", "a"},
      {"{\"a\":1,\"\\u0061\":3}", "duplicate_key", "a"},
      {"{\"x\":[{\"a\":{},\"a\":{}}]}", "duplicate_key", "a"},
      {"{\"\":1,\"\":2}", "duplicate_key", ""},
      {nested(33), "too_deep", ""},
      {std::string(100'000, '['), "too_deep", ""},
  };
  for (const Row& row : rows) {
    const auto parsed = JsonDocument::parse(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(parsed.error().code, ErrorCode::malformed) << row.text;
    EXPECT_EQ(parsed.error().slug, row.slug) << row.text;
    EXPECT_EQ(parsed.error().field, row.field) << row.text;
  }
  for (const std::string& fine : {std::string("{}"), std::string(" [1] "), nested(32),
                                  std::string("{\"a\":{\"b\":1},\"b\":{\"a\":1}}")})
    EXPECT_TRUE(JsonDocument::parse(fine)) << fine;
}

struct Read {
  std::string text = "kept", maybe = "kept", inner = "kept";
  bool flag = true;
  std::vector<std::string> list = {"kept"};
  std::optional<UnixMillis> time = 7;
  Error error;
};

Read read(const std::string& body) {
  Read out;
  const JsonDocument document = JsonDocument::parse(body).value();
  JsonFields fields(document);
  fields.text("text", out.text);
  fields.text_or_null("maybe", out.maybe);
  fields.boolean("flag", out.flag);
  fields.texts("list", out.list);
  fields.time_or_null("time", out.time);
  fields.object_or_null(
      "object", [&](JsonFields& inner) { inner.text_or_null("inner", out.inner); },
      [&] { out.inner = "cleared"; });
  if (auto done = fields.finish(); !done) out.error = done.error();
  return out;
}

TEST(JsonFields, AbsentFieldsStay) {
  const Read out = read("{}");
  EXPECT_EQ(out.error.slug, "");
  EXPECT_EQ(out.text, "kept");
  EXPECT_EQ(out.list.size(), 1u);
  EXPECT_EQ(out.time, 7);
}

TEST(JsonFields, ReadsEveryType) {
  const Read out = read(R"({"text":"a\u00e4","maybe":null,"flag":false,"list":["x",""],
                            "time":"2027-06-01T09:30:00.5+02:00","object":{"inner":"i"}})");
  EXPECT_EQ(out.error.slug, "") << out.error.message;
  EXPECT_EQ(out.text, "a\xc3\xa4");
  EXPECT_EQ(out.maybe, "");
  EXPECT_FALSE(out.flag);
  EXPECT_EQ(out.list, (std::vector<std::string>{"x", ""}));
  EXPECT_EQ(out.time, 1811835000500);
  EXPECT_EQ(out.inner, "i");
  EXPECT_EQ(read(R"({"object":null,"time":null})").inner, "cleared");
  EXPECT_EQ(read(R"({"time":null})").time, std::nullopt);
}

TEST(JsonFields, NamesTheFault) {
  struct Row {
    const char* body;
    const char* slug;
    const char* field;
  };
  const Row rows[] = {
      {"[]", "wrong_type", ""},
      {"null", "wrong_type", ""},
      {R"({"text":null})", "wrong_type", "text"},
      {R"({"text":1})", "wrong_type", "text"},
      {R"({"maybe":1})", "wrong_type", "maybe"},
      {R"({"flag":"true"})", "wrong_type", "flag"},
      {R"({"list":"x"})", "wrong_type", "list"},
      {R"({"list":[1]})", "wrong_type", "list"},
      {R"({"list":null})", "wrong_type", "list"},
      {R"({"time":5})", "wrong_type", "time"},
      {R"({"time":"tomorrow"})", "bad_time", "time"},
      {R"({"time":"2027-06-01"})", "bad_time", "time"},
      {R"({"time":"2027-06-01T00:00:00"})", "bad_time", "time"},
      {R"({"time":"2027-02-30T00:00:00Z"})", "bad_time", "time"},
      {R"({"object":1})", "wrong_type", "object"},
      {R"({"object":{"inner":1}})", "wrong_type", "object.inner"},
      {R"({"object":{"other":1}})", "unknown_field", "object.other"},
      {R"({"Text":"x"})", "unknown_field", "Text"},
  };
  for (const Row& row : rows) {
    const Read out = read(row.body);
    EXPECT_EQ(out.error.slug, row.slug) << row.body;
    EXPECT_EQ(out.error.field, row.field) << row.body;
    EXPECT_EQ(out.error.code, ErrorCode::invalid) << row.body;
  }
}

TEST(JsonWriter, WritesEveryType) {
  JsonWriter out;
  out.begin_object()
      .field("a", "x\"\\\n\x01\xc3\xa4\xff")
      .field("b", 5u)
      .field("c", -5)
      .field("d", true)
      .field("e", 0.25)
      .field("f", nullptr)
      .field("g", std::optional<int>())
      .text_or_null("h", "")
      .key("i")
      .begin_array()
      .value(1)
      .begin_object()
      .end_object()
      .value("z")
      .end_array()
      .end_object();
  EXPECT_EQ(out.take(),
            "{\"a\":\"x\\\"\\\\\\n\\u0001\xc3\xa4?\",\"b\":5,\"c\":-5,\"d\":true,\"e\":0.25,"
            "\"f\":null,\"g\":null,\"h\":null,\"i\":[1,{},\"z\"]}");
}

}  // namespace
}  // namespace tally
