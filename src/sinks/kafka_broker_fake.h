// SPDX-License-Identifier: Apache-2.0
//
// For tests: a broker that speaks the real protocol on a port of this machine (librdkafka's own),
// and what is in its topic, read by a consumer.
#pragma once

#include <librdkafka/rdkafka.h>
// After the one above.
#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/check.h"

namespace tally {

struct KafkaReceived {
  std::string key, value;
  std::map<std::string, std::string> headers;
  std::int64_t time = 0;
  std::int32_t partition = 0;
};

class KafkaBrokerFake {
 public:
  static constexpr int kPartitions = 4;

  explicit KafkaBrokerFake(std::string topic) : topic_(std::move(topic)) {
    handle_ = make(RD_KAFKA_PRODUCER, {});
    cluster_ = rd_kafka_mock_cluster_new(handle_, 1);
    CHECK(cluster_ != nullptr);
    CHECK(rd_kafka_mock_topic_create(cluster_, topic_.c_str(), kPartitions, 1) == 0);
  }
  ~KafkaBrokerFake() {
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(handle_);
  }
  KafkaBrokerFake(const KafkaBrokerFake&) = delete;
  KafkaBrokerFake& operator=(const KafkaBrokerFake&) = delete;

  std::string brokers() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
  void go_down() { CHECK(rd_kafka_mock_broker_set_down(cluster_, -1) == 0); }
  void come_up() { CHECK(rd_kafka_mock_broker_set_up(cluster_, -1) == 0); }
  // How long each answer takes.
  void delay(std::chrono::milliseconds time) {
    CHECK(rd_kafka_mock_broker_set_rtt(cluster_, -1, static_cast<int>(time.count())) == 0);
  }
  // The next request with records is answered with this.
  void refuse(rd_kafka_resp_err_t error) {
    constexpr std::int16_t kProduce = 0;
    rd_kafka_mock_push_request_errors(cluster_, kProduce, 1, error);
  }

  // What is in the topic, once it is `count` records, or after a time in which it would have come.
  std::vector<KafkaReceived> read(std::size_t count) const {
    rd_kafka_t* const consumer =
        make(RD_KAFKA_CONSUMER,
             {{"group.id", "test"}, {"bootstrap.servers", brokers()}, {"fetch.wait.max.ms", "10"}});
    rd_kafka_topic_partition_list_t* const all = rd_kafka_topic_partition_list_new(kPartitions);
    for (int i = 0; i < kPartitions; ++i)
      rd_kafka_topic_partition_list_add(all, topic_.c_str(), i)->offset = RD_KAFKA_OFFSET_BEGINNING;
    CHECK(rd_kafka_assign(consumer, all) == 0);
    rd_kafka_topic_partition_list_destroy(all);
    std::vector<KafkaReceived> out;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (out.size() < count && std::chrono::steady_clock::now() < deadline) {
      rd_kafka_message_t* const message = rd_kafka_consumer_poll(consumer, 100);
      if (message == nullptr) continue;
      if (message->err == 0) out.push_back(received(*message));
      rd_kafka_message_destroy(message);
    }
    rd_kafka_destroy_flags(consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    return out;
  }

 private:
  static rd_kafka_t* make(rd_kafka_type_t type, const std::map<std::string, std::string>& set) {
    rd_kafka_conf_t* const conf = rd_kafka_conf_new();
    for (const auto& [key, value] : set)
      CHECK(rd_kafka_conf_set(conf, key.c_str(), value.c_str(), nullptr, 0) == RD_KAFKA_CONF_OK);
    rd_kafka_conf_set_log_cb(conf, nullptr);
    rd_kafka_t* const out = rd_kafka_new(type, conf, nullptr, 0);
    CHECK(out != nullptr);
    return out;
  }

  static KafkaReceived received(const rd_kafka_message_t& message) {
    const auto text = [](const void* bytes, std::size_t size) {
      return std::string(static_cast<const char*>(bytes), size);
    };
    KafkaReceived out;
    out.key = text(message.key, message.key_len);
    out.value = text(message.payload, message.len);
    out.time = rd_kafka_message_timestamp(&message, nullptr);
    out.partition = message.partition;
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != 0) return out;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i)
      out.headers[name] = text(value, size);
    return out;
  }

  const std::string topic_;
  rd_kafka_t* handle_ = nullptr;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

}  // namespace tally
