// SPDX-License-Identifier: Apache-2.0
//
// What an operator says about Kafka, and what of it is refused. Pure.
//
// Everything that librdkafka can be told may stand in a file of properties, but for what the
// promises of kafka_feed.h rest on, and for what would have it load a library or run a command.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/ip_mode.h"

namespace tally {

struct KafkaSettings {
  std::string brokers;  // "" : no records are sent
  std::string topic = "tallymark.clicks";
  std::filesystem::path config;  // a file of properties; "": none
  IpMode ip = IpMode::none;      // of what is stored of an address
};

// "kafka-1:9092, [::1]:9092, kafka-3" without the blanks; "" is none.
Result<std::string> read_kafka_brokers(std::string_view text);

// A name that Kafka takes: up to 249 of [A-Za-z0-9._-].
Result<std::string> read_kafka_topic(std::string_view text);

struct KafkaProperty {
  std::string key, value;
  std::size_t line = 0;
};

// Lines of key=value; empty ones and those that begin with # or ! say nothing. Errors name the
// line.
Result<std::vector<KafkaProperty>> read_kafka_properties(std::string_view file);

}  // namespace tally
