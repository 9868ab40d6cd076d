// SPDX-License-Identifier: Apache-2.0
#include "sinks/kafka_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include "base/address.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxHost = 255;
constexpr std::size_t kMaxTopic = 249;
constexpr std::size_t kMaxFile = 64 * 1024;

struct Refused {
  std::string_view key;
  std::string_view why;
};

constexpr std::string_view kIsSetting = "kafka.brokers says that";
constexpr std::string_view kIsOurs = "no click is missing only as Tallymark sets it";
constexpr std::string_view kIsCode = "it would load a library or run a command";
constexpr std::string_view kIsTest = "it is for tests of librdkafka";

constexpr Refused kRefused[] = {
    {"bootstrap.servers", kIsSetting},
    {"metadata.broker.list", kIsSetting},
    {"enable.idempotence", kIsOurs},
    {"enable.gapless.guarantee", kIsOurs},
    {"transactional.id", kIsOurs},
    {"acks", kIsOurs},
    {"request.required.acks", kIsOurs},
    {"retries", kIsOurs},
    {"message.send.max.retries", kIsOurs},
    {"message.timeout.ms", kIsOurs},
    {"delivery.timeout.ms", kIsOurs},
    {"delivery.report.only.error", kIsOurs},
    {"queue.buffering.max.messages", kIsOurs},
    {"queue.buffering.max.kbytes", kIsOurs},
    {"enabled_events", kIsOurs},
    {"log.queue", kIsOurs},
    {"plugin.library.paths", kIsCode},
    {"sasl.kerberos.kinit.cmd", kIsCode},
    {"ssl.providers", kIsCode},
};

constexpr Refused kRefusedBeginnings[] = {{"ssl.engine.", kIsCode}, {"test.", kIsTest}};

std::optional<std::string_view> why_refused(std::string_view key) {
  const auto exact = std::ranges::find(kRefused, key, &Refused::key);
  if (exact != std::end(kRefused)) return exact->why;
  for (const Refused& one : kRefusedBeginnings)
    if (key.starts_with(one.key)) return one.why;
  return std::nullopt;
}

bool is_host(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) {
    const std::string_view inside = text.substr(1, text.size() - 2);
    return inside.contains(':') && Address::parse(inside).has_value();
  }
  return !text.empty() && text.size() <= kMaxHost && std::ranges::all_of(text, [](char c) {
    return is_alnum(c) || c == '.' || c == '-' || c == '_';
  });
}

bool is_broker(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || text.ends_with(']')) return is_host(text);
  const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
  return port.value_or(0) != 0 && is_host(text.substr(0, colon));
}

std::unexpected<Error> bad_line(std::size_t line, std::string_view message) {
  return fail(ErrorCode::invalid, fmt::format("line {}: {}", line, message));
}

Result<KafkaProperty> read_line(std::string_view text, std::size_t line) {
  const auto equals = text.find('=');
  if (equals == text.npos) return bad_line(line, "is not key=value");
  const std::string_view key = trim(text.substr(0, equals));
  const std::string_view value = trim(text.substr(equals + 1));
  // Values may be passwords, so no message shows the line.
  if (key.empty()) return bad_line(line, "there is no key before =");
  if (!std::ranges::all_of(key, [](char c) { return is_alnum(c) || c == '.' || c == '_'; }))
    return bad_line(line, "the key has other characters than letters, digits, dots and _");
  if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
    return bad_line(line, fmt::format("the value of '{}' has a control character", key));
  if (const auto why = why_refused(key))
    return bad_line(line, fmt::format("'{}' cannot be set: {}", key, *why));
  return KafkaProperty{std::string(key), std::string(value), line};
}

}  // namespace

Result<std::string> read_kafka_brokers(std::string_view text) {
  std::string out;
  if (trim(text).empty()) return out;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view broker = trim(part);
    if (!is_broker(broker))
      return fail(ErrorCode::invalid,
                  fmt::format("'{}' is not a broker", make_utf8(cut_utf8(broker, kMaxHost))),
                  "write them like kafka-1.example.com:9092,kafka-2.example.com:9092");
    out.append(out.empty() ? "" : ",").append(broker);
  }
  return out;
}

Result<std::string> read_kafka_topic(std::string_view text) {
  const bool fits = !text.empty() && text.size() <= kMaxTopic && text != "." && text != ".." &&
                    std::ranges::all_of(text, [](char c) {
                      return is_alnum(c) || c == '.' || c == '_' || c == '-';
                    });
  if (!fits)
    return fail(ErrorCode::invalid,
                fmt::format("'{}' is no name of a topic", make_utf8(cut_utf8(text, kMaxTopic))),
                "up to 249 letters, digits, dots, _ and -");
  return std::string(text);
}

Result<std::vector<KafkaProperty>> read_kafka_properties(std::string_view file) {
  if (file.size() > kMaxFile) return fail(ErrorCode::invalid, "is longer than 64 KiB");
  std::vector<KafkaProperty> out;
  std::size_t line = 0;
  for (std::string_view text : split(file, '\n')) {
    ++line;
    if (text.ends_with('\r')) text.remove_suffix(1);
    text = trim(text);
    if (text.empty() || text.starts_with('#') || text.starts_with('!')) continue;
    TRY_ASSIGN(KafkaProperty property, read_line(text, line));
    if (std::ranges::find(out, property.key, &KafkaProperty::key) != out.end())
      return bad_line(line, fmt::format("'{}' is given twice", property.key));
    out.push_back(std::move(property));
  }
  return out;
}

}  // namespace tally
