// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "api/api_fixture.h"
#include "http/receiver_fake.h"

namespace tally {
namespace {

using testing::HasSubstr;

// 2027-01-15T08:00:00Z, a Friday.
class SchedulesTest : public ApiFixture {
 protected:
  std::string add(const std::string& body) {
    const Response made = ask("POST", "/api/v1/exports", body);
    EXPECT_EQ(made.status, 201) << made.body;
    return text(json(made), "id");
  }
};

TEST_F(SchedulesTest, WhatIsAskedComesBackAndTheRestIsDefault) {
  const Response made =
      ask("POST", "/api/v1/exports",
          R"({"name":"Näher","period":"weekly","format":"parquet","traffic":"all",)"
          R"("by":"referrer_path",)"
          R"("filters":{"country":"!DE,AT","tag":"a\\,b"},"raw":true,"keep":3,"enabled":false,)"
          R"("from":"2027-01-05"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(field(made, "Location"), "/api/v1/exports/exp_1");
  EXPECT_EQ(made.body, ask("GET", "/api/v1/exports/exp_1").body);
  EXPECT_THAT(made.body, HasSubstr(R"("format":"parquet","period":"weekly","by":"referrer_path",)"
                                   R"("interval":null,"traffic":"all","filters":{)"));
  EXPECT_THAT(made.body, HasSubstr(R"("country":"!DE,AT")"));
  EXPECT_THAT(made.body, HasSubstr(R"("raw":true,"keep":3,"enabled":false,)"
                                   R"("from":"2027-01-05T00:00:00.000Z","files":0)"));
  const Response plain =
      ask("POST", "/api/v1/exports", R"({"name":"Plain","period":"monthly","interval":"auto"})");
  EXPECT_THAT(plain.body, HasSubstr(R"("format":"csv","period":"monthly","by":null,)"
                                    R"("interval":"auto","traffic":"human","filters":{},)"
                                    R"("raw":false,"keep":30,"enabled":true,)"
                                    R"("from":"2026-12-01T00:00:00.000Z")"));
  EXPECT_THAT(ask("GET", "/api/v1/exports?limit=1").body, HasSubstr(R"("next_cursor":"exp_2")"));
  EXPECT_THAT(ask("GET", "/api/v1/exports?cursor=exp_2").body, HasSubstr(R"("id":"exp_1")"));
}

TEST_F(SchedulesTest, WhatIsNoScheduleIsRefusedByName) {
  const struct {
    const char *body, *field;
  } rows[] = {
      {R"({"period":"daily"})", "name"},
      {R"({"name":"a\nb","period":"daily"})", "name"},
      {R"({"name":"A"})", "period"},
      {R"({"name":"A","period":"yearly"})", "period"},
      {R"({"name":"A","period":"daily","format":"xlsx"})", "format"},
      {R"({"name":"A","period":"daily","by":"colour"})", "by"},
      {R"({"name":"A","period":"daily","interval":"year"})", "interval"},
      {R"({"name":"A","period":"daily","interval":"hour","by":"country"})", "interval"},
      {R"({"name":"A","period":"weekly","interval":"minute"})", "interval"},
      {R"({"name":"A","period":"daily","traffic":"dogs"})", "traffic"},
      {R"({"name":"A","period":"daily","raw":1})", "raw"},
      {R"({"name":"A","period":"daily","keep":0})", "keep"},
      {R"({"name":"A","period":"daily","keep":1001})", "keep"},
      {R"({"name":"A","period":"daily","from":"yesterday"})", "from"},
      {R"({"name":"A","period":"daily","range":"7d"})", "range"},
      {R"({"name":"A","period":"daily","tz":"UTC"})", "tz"},
      {R"({"name":"A","period":"daily","filters":{"colour":"red"}})", "filters.colour"},
      {R"({"name":"A","period":"daily","filters":{"traffic":"bot"}})", "filters.traffic"},
      {R"({"name":"A","period":"daily","filters":{"country":"Germany"}})", "filters.country"},
      {R"({"name":"A","period":"daily","filters":{"link":"lnk_99"}})", "filters.link"},
      {R"({"name":"A","period":"daily","bucket":{"name":"logs"}})", "bucket.endpoint"},
      {R"({"name":"A","period":"daily","bucket":[]})", "bucket"},
  };
  for (const auto& row : rows) {
    const Response refused = ask("POST", "/api/v1/exports", row.body);
    EXPECT_EQ(refused.status, 422) << row.body << refused.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body;
  }
  EXPECT_EQ(ask("POST", "/api/v1/exports", "{").status, 400);
}

TEST_F(SchedulesTest, APeriodIsNoLongerThanClicksAreKept) {
  ASSERT_EQ(ask("PATCH", "/api/v1/settings", R"({"retention_days":30})").status, 200);
  const Response refused = ask("POST", "/api/v1/exports", R"({"name":"A","period":"monthly"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(code(refused), "past_retention");
  add(R"({"name":"A","period":"weekly"})");
}

TEST_F(SchedulesTest, AChangeIsAMergePatch) {
  const std::string path =
      "/api/v1/exports/" +
      add(R"({"name":"A","period":"daily","by":"country","filters":{"country":"DE","os":"iOS"}})");
  const Response changed = ask("PATCH", path,
                               R"({"by":null,"interval":"hour","enabled":false,)"
                               R"("filters":{"country":null},"keep":5})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_THAT(changed.body, HasSubstr(R"("by":null,"interval":"hour","traffic":"human",)"
                                      R"("filters":{"os":"iOS"},"raw":false,"keep":5,)"
                                      R"("enabled":false)"));
  const struct {
    const char *body, *field;
  } rows[] = {{R"({"period":"weekly"})", "period"},
              {R"({"format":"csv"})", "format"},
              {R"({"from":"2026-01-01"})", "from"},
              {R"({"by":"country"})", "interval"},
              {R"({"filters":{"link":"lnk_9"}})", "filters.link"}};
  for (const auto& row : rows) {
    const Response refused = ask("PATCH", path, row.body);
    EXPECT_EQ(refused.status, 422) << row.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body;
  }
  EXPECT_EQ(ask("PATCH", path, R"({"interval":null})").status, 200);
}

TEST_F(SchedulesTest, RunsAndTheirFilesCanBeHad) {
  const std::string path =
      "/api/v1/exports/" + add(R"({"name":"A","period":"daily","by":"country",)"
                               R"("from":"2027-01-13"})");
  ASSERT_EQ(export_runner_->run_due().value(), 2u);
  const Response runs = ask("GET", path + "/runs?limit=1");
  EXPECT_THAT(runs.body, HasSubstr(R"({"data":[{"id":"exr_2","of":"2027-01-14",)"
                                   R"("from":"2027-01-14T00:00:00.000Z",)"
                                   R"("to":"2027-01-15T00:00:00.000Z","state":"ready")"));
  EXPECT_THAT(runs.body, HasSubstr(R"("file":"2027-01-14.csv","bytes":10,"rows":3,"sha256":")"));
  EXPECT_THAT(runs.body, HasSubstr(R"("next_cursor":"exr_2")"));
  EXPECT_THAT(ask("GET", path).body, HasSubstr(R"("files":2,"waiting":0)"));
  const Response one = ask("GET", path + "/runs/2027-01-13");
  EXPECT_EQ(text(json(one), "id"), "exr_1");

  const Response file = ask("GET", path + "/runs/2027-01-13/file");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, exported_);
  EXPECT_FALSE(file.more);
  EXPECT_EQ(field(file, "Content-Type"), "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(field(file, "Content-Disposition"),
            "attachment; filename=\"breakdown-2027-01-13.csv\"");

  for (const char* wrong : {"/runs/2027-01-12", "/runs/2027-01-12/file", "/runs/..%2f/file"})
    EXPECT_EQ(ask("GET", path + wrong).status, 404) << wrong;
  const ExportRunId ids[] = {ExportRunId{1}};
  std::filesystem::remove(folder_ / "exports/ws_1/exp_1/2027-01-13.csv");
  ASSERT_TRUE(exports_->wait_again(ids, ExportRemoval::erased));
  EXPECT_EQ(code(ask("GET", path + "/runs/2027-01-13/file")), "not_ready");
  EXPECT_THAT(ask("GET", path + "/runs/2027-01-13").body,
              HasSubstr(R"("state":"waiting","reason":null,"anew":true)"));
  ASSERT_TRUE(exports_->give_up(ids, ExportRemoval::not_kept));
  EXPECT_EQ(ask("GET", path + "/runs/2027-01-13/file").status, 404);
  EXPECT_EQ(ask("DELETE", path).status, 204);
  EXPECT_EQ(ask("GET", path + "/runs").status, 404);
  EXPECT_EQ(ask("DELETE", path).status, 404);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "exports/ws_1/exp_1"));
}

// In pieces, each the next of the file.
TEST_F(SchedulesTest, ALargeFileIsSentInPieces) {
  exported_.clear();
  for (int i = 0; i < 200'000; ++i) exported_ += std::to_string(i) + "\n";
  const std::string path =
      "/api/v1/exports/" + add(R"({"name":"A","period":"daily","format":"ndjson"})");
  ASSERT_EQ(export_runner_->run_due().value(), 1u);
  Response file = ask("GET", path + "/runs/2027-01-14/file");
  std::string all = file.body;
  std::size_t pieces = 1;
  ASSERT_TRUE(file.more);
  for (bool more = true; more; ++pieces) {
    std::string piece;
    more = file.more(piece).value();
    EXPECT_LE(piece.size(), 256u * 1024);
    all += piece;
  }
  EXPECT_EQ(all, exported_);
  EXPECT_EQ(pieces, exported_.size() / (256 * 1024) + 1);
}

std::string with_bucket(const std::string& endpoint, const std::string& prefix) {
  return R"({"name":"A","period":"hourly","from":"2027-01-15T06:30:00Z","bucket":{"endpoint":")" +
         endpoint + R"(","name":"logs","prefix":")" + prefix +
         R"(","access_key_id":"AK","secret_access_key":"hush","path_style":true}})";
}

TEST_F(SchedulesTest, ABucketIsShownWithoutItsSecret) {
  const Response made = ask("POST", "/api/v1/exports", with_bucket("https://S3.example/", "a"));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(made.body, HasSubstr(R"("bucket":{"endpoint":"https://s3.example",)"
                                   R"("region":"us-east-1","name":"logs","prefix":"a",)"
                                   R"("access_key_id":"AK","secret_access_key_set":true,)"
                                   R"("path_style":true,"waiting":0,"missed":0,"error":null})"));
  const Response same = ask("POST", "/api/v1/exports", with_bucket("https://s3.example", "a"));
  EXPECT_EQ(same.status, 422);
  EXPECT_EQ(code(same), "in_use");
  const std::string path = "/api/v1/exports/exp_1";
  const Response changed = ask("PATCH", path, R"({"bucket":{"prefix":"b"}})");
  EXPECT_THAT(changed.body, HasSubstr(R"("prefix":"b","access_key_id":"AK")"));
  EXPECT_EQ(changed.body.find("hush"), std::string::npos);
  EXPECT_EQ(exports_->get(workspace_, ExportId{1})->bucket->secret_access_key, "hush");
  EXPECT_EQ(text(json(ask("PATCH", path, R"({"bucket":{"name":"X"}})")), "field"), "bucket.name");
  ASSERT_EQ(export_runner_->run_due().value(), 2u);
  EXPECT_THAT(ask("GET", path + "/runs/2027-01-15T06Z").body,
              HasSubstr(R"("upload":{"state":"waiting",)"
                        R"("key":"b/date=2027-01-15/hour=06/2027-01-15T06Z.csv",)"
                        R"("manifest":"b/date=2027-01-15/hour=06/_2027-01-15T06Z.manifest",)"
                        R"("attempts":0,"error":null,"next_try_at":null,"uploaded_at":null})"));
  EXPECT_THAT(ask("GET", path).body, HasSubstr(R"("waiting":2,"missed":0,"error":null})"));
  EXPECT_THAT(ask("PATCH", path, R"({"bucket":null})").body, HasSubstr(R"("bucket":null)"));
  EXPECT_THAT(ask("GET", path + "/runs").body, HasSubstr(R"("upload":null)"));
  EXPECT_EQ(code(ask("POST", path + "/test")), "no_bucket");
}

TEST_F(SchedulesTest, ABucketCanBeTested) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    while (!connection.read_request().empty())
      connection.send("HTTP/1.1 403 No\r\nContent-Length: 25\r\n\r\n<Code>AccessDenied</Code>");
  });
  const std::string url = receiver.url();
  const std::string id = text(
      json(ask("POST", "/api/v1/exports", with_bucket(url.substr(0, url.rfind('/')), "a"))), "id");
  const Response answer = ask("POST", "/api/v1/exports/" + id + "/test");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, testing::StartsWith(R"({"result":"failed","key":"a/_tallymark-test-)"));
  EXPECT_THAT(answer.body,
              HasSubstr(R"("put":{"status":403,"error":"403 AccessDenied","took_ms":)"));
  EXPECT_THAT(answer.body, testing::EndsWith(R"("delete":null})"));
  EXPECT_EQ(ask("POST", "/api/v1/exports/exp_99/test").status, 404);
  EXPECT_EQ(as(key(Scope::stats_read), request("POST", "/api/v1/exports/" + id + "/test")).status,
            403);
}

TEST_F(SchedulesTest, ReadersReadAndEditorsEdit) {
  add(R"({"name":"A","period":"daily"})");
  const std::string reader = key(Scope::stats_read), writer = key(Scope::links_write);
  const std::string body = R"({"name":"B","period":"daily"})";
  EXPECT_EQ(as(reader, request("GET", "/api/v1/exports")).status, 200);
  EXPECT_EQ(as(reader, request("GET", "/api/v1/exports/exp_1/runs")).status, 200);
  EXPECT_EQ(as(reader, request("POST", "/api/v1/exports", body)).status, 403);
  EXPECT_EQ(as(reader, request("DELETE", "/api/v1/exports/exp_1")).status, 403);
  EXPECT_EQ(as(writer, request("POST", "/api/v1/exports", body)).status, 201);
  EXPECT_EQ(as(writer, request("GET", "/api/v1/exports/exp_1/runs")).status, 403);
}

}  // namespace
}  // namespace tally
