// SPDX-License-Identifier: Apache-2.0
// Files as bodies of outgoing requests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>

#include "http/outgoing_fixture.h"

namespace tally {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// So many bytes, each told from the others by its place; less of them than it says, or trouble.
class FileFake final : public ReadFile {
 public:
  explicit FileFake(std::uint64_t bytes, bool broken = false) : bytes_(bytes), broken_(broken) {}
  Result<std::string> read(std::uint64_t offset, std::size_t size) const override {
    if (broken_) return fail(ErrorCode::unavailable, "the disk is gone");
    largest_ = std::max(largest_, size);
    std::string out;
    for (; size > 0 && offset < bytes_; --size) out += static_cast<char>('a' + offset++ % 23);
    return out;
  }
  Result<std::uint64_t> size() const override { return bytes_; }
  std::size_t largest() const { return largest_; }

 private:
  const std::uint64_t bytes_;
  const bool broken_;
  mutable std::size_t largest_ = 0;
};

OutgoingRequest put(std::string url, std::shared_ptr<const ReadFile> file, std::uint64_t bytes) {
  OutgoingRequest request;
  request.method = "PUT";
  request.url = std::move(url);
  request.file = std::move(file);
  request.file_bytes = bytes;
  request.timeout = request.connect_timeout = std::chrono::seconds(60);
  return request;
}

TEST(OutgoingUpload, AFileIsSentInPiecesAndTheHandleForgetsIt) {
  ReceiverFake receiver(answering());
  Outgoing outgoing(loopback());
  for (const std::uint64_t bytes : {0ul, 1ul, 300'000ul}) {
    const auto file = std::make_shared<FileFake>(bytes);
    const OutgoingAnswer answer = ask(outgoing, put(receiver.url(), file, bytes));
    EXPECT_EQ(answer.error, "");
    EXPECT_EQ(answer.status, 200);
    const std::string got = receiver.requests().back();
    EXPECT_THAT(got, StartsWith("PUT /hook HTTP/1.1\r\n"));
    EXPECT_THAT(got, HasSubstr("\r\nContent-Length: " + std::to_string(bytes) + "\r\n"));
    EXPECT_EQ(got.substr(got.find("\r\n\r\n") + 4), file->read(0, bytes).value());
    EXPECT_EQ(ask(outgoing, post(receiver.url(), "plain")).status, 200);
    EXPECT_THAT(receiver.requests().back(), EndsWith("Content-Length: 5\r\n\r\nplain"));
  }
  EXPECT_EQ(receiver.connections(), 1);
}

TEST(OutgoingUpload, AFileThatEndsTooSoonEndsTheRequest) {
  ReceiverFake receiver(answering());
  Outgoing outgoing(loopback());
  EXPECT_EQ(ask(outgoing, put(receiver.url(), std::make_shared<FileFake>(10), 20)).error,
            "the file is shorter than it was");
  EXPECT_EQ(ask(outgoing, put(receiver.url(), std::make_shared<FileFake>(10, true), 10)).error,
            "the disk is gone");
  EXPECT_EQ(ask(outgoing, post(receiver.url())).status, 200);
}

// A kept connection that turns out to be closed: the file is sent again from its beginning.
TEST(OutgoingUpload, AFileIsSentOnceMoreOnAnotherConnection) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    const std::string request = connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    if (request.starts_with("POST")) connection.read_request();  // the next one, and closes
  });
  Outgoing outgoing(loopback());
  ASSERT_EQ(ask(outgoing, post(receiver.url())).status, 200);
  const auto file = std::make_shared<FileFake>(100'000);
  const OutgoingAnswer answer = ask(outgoing, put(receiver.url(), file, 100'000));
  EXPECT_EQ(answer.status, 200) << answer.error;
  EXPECT_THAT(receiver.requests().back(), EndsWith(file->read(0, 100'000).value()));
}

// It says no before it has read everything, as servers do that look at the head alone.
TEST(OutgoingUpload, AnEarlyNoIsAnAnswer) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    connection.read_more();
    connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
    connection.wait_for_close();
  });
  Outgoing outgoing(loopback());
  const std::uint64_t bytes = 50u << 20;
  const OutgoingAnswer answer =
      ask(outgoing, put(receiver.url(), std::make_shared<FileFake>(bytes), bytes));
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, "no");
}

TEST(OutgoingUpload, WhatStandsStillEndsBeforeItsTime) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) { connection.wait_for_close(); });
  Outgoing outgoing(loopback());
  OutgoingRequest request = put(receiver.url(), std::make_shared<FileFake>(10), 10);
  request.stall = std::chrono::seconds(1);
  EXPECT_EQ(ask(outgoing, request).error, "nothing moved for 1 s");
}

}  // namespace
}  // namespace tally
