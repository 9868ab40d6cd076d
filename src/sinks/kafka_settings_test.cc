// SPDX-License-Identifier: Apache-2.0
#include "sinks/kafka_settings.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(KafkaSettings, BrokersAreHostsWithPorts) {
  struct Row {
    const char* text;
    const char* read;
  };
  for (const Row& row : {Row{"", ""}, Row{"  ", ""}, Row{"kafka", "kafka"},
                         Row{" kafka-1:9092, 10.0.0.2:1 ", "kafka-1:9092,10.0.0.2:1"},
                         Row{"[::1]:9092,[fd00::1]", "[::1]:9092,[fd00::1]"}})
    EXPECT_EQ(read_kafka_brokers(row.text).value_or("refused"), row.read) << row.text;
  for (const char* bad : {",", "a,,b", "a:0", "a:65536", "a:b", "a b:1", "::1", "[x]:1",
                          "a:", "PLAINTEXT://a:1", "a:1\n", "[::1"})
    EXPECT_FALSE(read_kafka_brokers(bad)) << bad;
}

TEST(KafkaSettings, TopicsHaveNamesThatKafkaTakes) {
  for (const char* good : {"tallymark.clicks", "A-1_b", "..."}) EXPECT_TRUE(read_kafka_topic(good));
  EXPECT_TRUE(read_kafka_topic(std::string(249, 'a')));
  for (const std::string& bad : {std::string(), std::string("."), std::string(".."),
                                 std::string("a b"), std::string("ä"), std::string(250, 'a')})
    EXPECT_FALSE(read_kafka_topic(bad)) << bad;
}

TEST(KafkaSettings, PropertiesAreLines) {
  const auto read = read_kafka_properties(
      "# TLS\r\n\n! and so on\n security.protocol = ssl\r\nsasl.password=a=b # c\nclient.id=");
  ASSERT_TRUE(read) << read.error().line();
  ASSERT_EQ(read->size(), 3u);
  EXPECT_EQ((*read)[0].key + "|" + (*read)[0].value, "security.protocol|ssl");
  EXPECT_EQ((*read)[0].line, 4u);
  EXPECT_EQ((*read)[1].value, "a=b # c");
  EXPECT_EQ((*read)[2].value, "");
}

TEST(KafkaSettings, PropertiesThatAreRefusedAreNamedWithTheirLine) {
  struct Row {
    std::string file;
    const char* named;
  };
  const Row rows[] = {
      {"\n\nlinger.ms", "line 3"},
      {"=1", "line 1"},
      {"sasl password=x", "line 1"},
      {std::string("client.id=a\0b", 13), "client.id"},
      {"linger.ms=1\nlinger.ms=2", "twice"},
      {"acks=1", "'acks' cannot be set"},
      {"bootstrap.servers=x", "kafka.brokers"},
      {"enable.idempotence=false", "no click is missing"},
      {"delivery.report.only.error=true", "no click is missing"},
      {"plugin.library.paths=/tmp/x.so", "load a library"},
      {"ssl.engine.location=/tmp/x.so", "load a library"},
      {"ssl.providers=x", "load a library"},
      {"sasl.kerberos.kinit.cmd=rm", "run a command"},
      {"test.mock.num.brokers=1", "tests"},
      {std::string(70'000, '#'), "64 KiB"},
  };
  for (const Row& row : rows) {
    const auto read = read_kafka_properties(row.file);
    ASSERT_FALSE(read) << row.named;
    EXPECT_NE(read.error().line().find(row.named), std::string::npos) << read.error().line();
  }
}

}  // namespace
}  // namespace tally
