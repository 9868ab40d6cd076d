// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a file of properties, as brokers and as a topic: reading ends, what is read is read
// again as the same, and nothing of it is refused or could end a C string early.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "sinks/kafka_settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto brokers = read_kafka_brokers(bytes))
    CHECK(read_kafka_brokers(*brokers).value() == *brokers);
  if (const auto topic = read_kafka_topic(bytes)) CHECK(*topic == bytes);
  const auto properties = read_kafka_properties(bytes);
  if (!properties) return 0;
  std::string again;
  for (const auto& [key, value, line] : *properties) {
    CHECK(!key.contains('\0') && !value.contains('\0'));
    again.append(key).append("=").append(value).append("\n");
  }
  const auto read_again = read_kafka_properties(again);
  CHECK(read_again && read_again->size() == properties->size());
  for (std::size_t i = 0; i < properties->size(); ++i)
    CHECK((*read_again)[i].key == (*properties)[i].key &&
          (*read_again)[i].value == (*properties)[i].value);
  return 0;
}
