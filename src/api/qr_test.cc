// SPDX-License-Identifier: Apache-2.0
// The routes of QR codes: what they take, refuse and say about their answers.
#include <gmock/gmock.h>

#include "api/api_fixture.h"
#include "qr/png_writer.h"
#include "qr/qr_image.h"

namespace tally {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kSvg = "/api/v1/links/lnk_1/qr.svg";
const std::string kPng = "/api/v1/links/lnk_1/qr.png";

std::string red_square() {
  return write_png({8, 8, PngShape::Pixels::two_colors, {Color{255, 0, 0, 255}, kBlack}}, [](int) {
    static const std::uint8_t kRow = 0;
    return &kRow;
  });
}

class QrTest : public ApiFixture {
 protected:
  void SetUp() override {
    ask("POST", "/api/v1/links",
        R"({"destination":"https://a.example/","prefix":"promo","token":"été #1"})");
  }

  Response post(const std::string& target, std::string body, std::string type = "image/png") {
    Request out = request("POST", target);
    out.fields.push_back({"Content-Type", std::move(type)});
    out.body = std::move(body);
    return as(admin_, out);
  }

  // A link whose token stands for many, as a pattern's does.
  std::string pattern() {
    Link link = links_->get(workspace_, LinkId{1}).value();
    link.prefix = "product";
    link.token = kPatternToken;
    return "/api/v1/links/" + links_->create(link)->id.text();
  }
};

TEST_F(QrTest, EncodesTheShortUrlAsAScan) {
  const std::string url = "https://go.example/promo/%C3%A9t%C3%A9%20%231?qr=1";
  EXPECT_EQ(ask("GET", kSvg).body, qr_svg(url, {}, nullptr).value());
  EXPECT_EQ(ask("GET", kPng).body, qr_png(url, {}, nullptr).value());
  const Logo logo = read_logo(red_square()).value();
  EXPECT_EQ(post(kPng, red_square()).body, qr_png(url, {}, &logo).value());
}

TEST_F(QrTest, ReadsEveryOption) {
  const std::string url = "https://go.example/promo/%C3%A9t%C3%A9%20%231?qr=1";
  QrOptions options;
  options.size = 300;
  options.margin = 0;
  options.color = {0x11, 0x22, 0x33, 255};
  options.background = {0xff, 0xee, 0xdd, 0x80};
  options.level = QrLevel::quartile;
  const std::string query = "?size=300&margin=0&color=%23123&background=ffeedd80&level=Q";
  EXPECT_EQ(ask("GET", kPng + query).body, qr_png(url, options, nullptr).value());
  options = {};
  options.background = kTransparent;
  EXPECT_EQ(ask("GET", kSvg + "?background=transparent").body,
            qr_svg(url, options, nullptr).value());
}

TEST_F(QrTest, RefusesByName) {
  struct Row {
    std::string query;
    int status;
    std::string code;
    std::string field;
  };
  const Row rows[] = {
      {"?size=63", 400, "bad_value", "size"},
      {"?size=4097", 400, "bad_value", "size"},
      {"?size=-1", 400, "bad_value", "size"},
      {"?size=99999999999999999999", 400, "bad_value", "size"},
      {"?size=512px", 400, "bad_value", "size"},
      {"?size=", 400, "bad_value", "size"},
      {"?margin=33", 400, "bad_value", "margin"},
      {"?color=red", 400, "bad_value", "color"},
      {"?color=", 400, "bad_value", "color"},
      {"?color=transparent", 400, "bad_value", "color"},
      {"?background=%23ff", 400, "bad_value", "background"},
      {"?level=m", 400, "bad_value", "level"},
      {"?level=X", 400, "bad_value", "level"},
      {"?download=yes", 400, "bad_value", "download"},
      {"?logo=1", 400, "unknown_parameter", "logo"},
      {"?size=100&size=100", 400, "repeated_parameter", "size"},
      {"?color=fff", 422, "low_contrast", "color"},
      {"?color=fff&background=000", 422, "low_contrast", "color"},
      {"?token=x", 422, "not_a_pattern", "token"},
  };
  for (const Row& row : rows) {
    for (const std::string& path : {kSvg, kPng}) {
      const Response answer = ask("GET", path + row.query);
      EXPECT_EQ(answer.status, row.status) << row.query;
      EXPECT_EQ(code(answer), row.code) << row.query;
      EXPECT_EQ(text(json(answer), "field"), row.field) << row.query;
    }
  }
  const Response small = ask("GET", kPng + "?size=64&margin=32");
  EXPECT_EQ(small.status, 422);
  EXPECT_EQ(code(small), "too_small");
  EXPECT_EQ(ask("GET", "/api/v1/links/lnk_9/qr.svg").status, 404);
  EXPECT_EQ(ask("GET", "/api/v1/links/9/qr.svg").status, 404);
  EXPECT_EQ(ask("PUT", kSvg).status, 405);
}

TEST_F(QrTest, RefusesLogosByName) {
  EXPECT_EQ(post(kSvg, red_square()).status, 200);
  EXPECT_EQ(post(kSvg, red_square(), "IMAGE/PNG; x=y").status, 200);
  EXPECT_EQ(post(kSvg, red_square(), "application/json").status, 415);
  EXPECT_EQ(post(kSvg, red_square(), "").status, 415);
  EXPECT_EQ(post(kSvg, std::string(kMaxLogoBytes + 1, 'x')).status, 413);
  const Response none = post(kSvg, "");
  EXPECT_EQ(none.status, 422);
  EXPECT_EQ(code(none), "logo_not_png");
  EXPECT_EQ(text(json(none), "field"), "logo");
  EXPECT_EQ(code(post(kSvg, red_square() + "x")), "logo_damaged");
  EXPECT_EQ(post(kSvg + "?size=1", red_square()).status, 400);
}

TEST_F(QrTest, ReadingIsEnough) {
  EXPECT_EQ(as(key(Scope::links_read), request("GET", kSvg)).status, 200);
  EXPECT_EQ(as(key(Scope::stats_read), request("GET", kSvg)).status, 403);
  EXPECT_EQ(dispatcher_->answer(request("GET", kSvg)).status, 401);
  admin_ = key(Scope::links_read);
  EXPECT_EQ(post(kPng, red_square()).status, 200);
  EXPECT_EQ(changes_, 1);  // of making the link
}

TEST_F(QrTest, AnswersConditionally) {
  const Response first = ask("GET", kSvg);
  EXPECT_EQ(field(first, "Content-Type"), "image/svg+xml");
  EXPECT_EQ(field(first, "Cache-Control"), "private, no-cache");
  EXPECT_EQ(field(first, "Content-Disposition"), "");
  EXPECT_THAT(field(first, "Content-Security-Policy"), StartsWith("default-src 'none'; img-src"));
  const std::string etag = field(first, "ETag");
  ASSERT_EQ(etag.size(), 34u);

  Request again = request("GET", kSvg);
  again.fields.push_back({"If-None-Match", "\"other\", W/" + etag});
  const Response known = as(admin_, again);
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(field(known, "ETag"), etag);
  // Another picture, or the same link under another name, has another tag.
  again.query = "size=300";
  EXPECT_EQ(as(admin_, again).status, 200);
  ask("PATCH", "/api/v1/links/lnk_1", R"({"prefix":"other"})");
  again.query = "";
  EXPECT_EQ(as(admin_, again).status, 200);

  EXPECT_EQ(field(post(kPng, red_square()), "Cache-Control"), "no-store");
  EXPECT_EQ(field(post(kPng, red_square()), "Content-Type"), "image/png");
}

TEST_F(QrTest, DownloadsHaveAPlainName) {
  EXPECT_EQ(field(ask("GET", kSvg + "?download=1"), "Content-Disposition"),
            "attachment; filename=\"promo-__t____1.svg\"");
  EXPECT_EQ(field(ask("GET", kPng + "?download=1"), "Content-Disposition"),
            "attachment; filename=\"promo-__t____1.png\"");
  EXPECT_EQ(field(ask("GET", kPng + "?download=0"), "Content-Disposition"), "");
}

TEST_F(QrTest, APatternNeedsToBeToldWhichToken) {
  const std::string path = pattern() + "/qr.svg";
  const Response untold = ask("GET", path);
  EXPECT_EQ(untold.status, 422);
  EXPECT_EQ(code(untold), "required");
  EXPECT_EQ(text(json(untold), "field"), "token");
  EXPECT_EQ(ask("GET", path + "?token=a+b").body,
            qr_svg("https://go.example/product/a%20b?qr=1", {}, nullptr).value());
  EXPECT_EQ(code(ask("GET", path + "?token=")), "bad_slug");
  EXPECT_EQ(code(ask("GET", path + "?token=:token")), "bad_slug");
  EXPECT_EQ(code(ask("GET", path + "?token=a/b")), "bad_slug");
}

}  // namespace
}  // namespace tally
