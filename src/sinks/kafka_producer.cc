// SPDX-License-Identifier: Apache-2.0
#include "sinks/kafka_producer.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/log.h"

namespace tally {
namespace {

using Text = std::array<char, 512>;

struct ConfDeleter {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};
using Conf = std::unique_ptr<rd_kafka_conf_t, ConfDeleter>;

struct ErrorDeleter {
  void operator()(rd_kafka_error_t* error) const { rd_kafka_error_destroy(error); }
};

// Where the file says nothing. Java's clients choose partitions by murmur2 too.
constexpr std::pair<const char*, const char*> kDefaults[] = {{"client.id", "tallymark"},
                                                             {"partitioner", "murmur2_random"}};

Result<void> set(rd_kafka_conf_t* conf, const std::string& key, const std::string& value) {
  Text why{};
  if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), why.data(), why.size()) ==
      RD_KAFKA_CONF_OK)
    return {};
  // librdkafka's own words may repeat the value, which may be a password.
  std::string message = why.data();
  if (!value.empty() && message.contains(value))
    message = fmt::format("the value of '{}' is not one that it can have", key);
  return fail(ErrorCode::invalid, std::move(message),
              "docs/reference/kafka.md says where properties are listed");
}

Result<void> set_from_file(rd_kafka_conf_t* conf, Files& files, const std::filesystem::path& path) {
  TRY_ASSIGN(const std::string file, files.read_all(path));
  TRY_ASSIGN(const auto properties, read_kafka_properties(file));
  for (const auto& [key, value, line] : properties)
    if (auto done = set(conf, key, value); !done)
      return std::unexpected(std::move(done).error().within(fmt::format("line {}", line)));
  return {};
}

Result<Conf> configure(Files& files, const KafkaSettings& settings) {
  Conf conf(rd_kafka_conf_new());
  for (const auto& [key, value] : kDefaults) TRY(set(conf.get(), key, value));
  if (!settings.config.empty()) {
    auto done = set_from_file(conf.get(), files, settings.config);
    if (!done) return std::unexpected(std::move(done).error().within("kafka.config"));
  }
  const std::pair<const char*, std::string> ours[] = {
      {"bootstrap.servers", settings.brokers},
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"message.timeout.ms", "0"},
      {"queue.buffering.max.messages", std::to_string(KafkaProducer::kMostRecords)},
      {"queue.buffering.max.kbytes", std::to_string(KafkaProducer::kMostKilobytes)},
  };
  for (const auto& [key, value] : ours) TRY(set(conf.get(), key, value));
  return conf;
}

void on_log(const rd_kafka_t*, int, const char* facility, const char* line) {
  log_debug("kafka: {}: {}", facility, line);
}

rd_kafka_vu_t header(const char* name, const std::string& value) {
  rd_kafka_vu_t out{};
  out.vtype = RD_KAFKA_VTYPE_HEADER;
  out.u.header = {name, value.data(), static_cast<ssize_t>(value.size())};
  return out;
}

rd_kafka_vu_t bytes(rd_kafka_vtype_t type, const std::string& value) {
  rd_kafka_vu_t out{};
  out.vtype = type;
  out.u.mem = {const_cast<char*>(value.data()), value.size()};  // it is copied
  return out;
}

}  // namespace

struct KafkaProducer::Library {
  ~Library() {
    if (topic != nullptr) rd_kafka_topic_destroy(topic);
    if (handle == nullptr) return;
    rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(handle);
  }

  static void on_report(rd_kafka_t*, const rd_kafka_message_t* message, void* producer) {
    auto& self = *static_cast<KafkaProducer*>(producer);
    const bool taken = message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
    if (taken) self.away_ = false;
    self.report_(std::bit_cast<std::uintptr_t>(message->_private),
                 taken ? std::string_view() : rd_kafka_err2str(message->err));
  }

  // Called again and again while brokers are away.
  static void on_error(rd_kafka_t* handle, int code, const char* reason, void* producer) {
    auto& self = *static_cast<KafkaProducer*>(producer);
    if (code == RD_KAFKA_RESP_ERR__FATAL) {
      Text why{};
      rd_kafka_fatal_error(handle, why.data(), why.size());
      self.reason_ = why.data();
      self.broken_ = self.away_ = true;
    } else if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      if (self.reason_.empty()) self.reason_ = reason;
      self.away_ = true;
    } else {
      self.reason_ = reason;
    }
  }

  rd_kafka_t* handle = nullptr;
  rd_kafka_topic_t* topic = nullptr;
};

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::open(Files& files,
                                                           const KafkaSettings& settings,
                                                           Report report) {
  TRY_ASSIGN(Conf conf, configure(files, settings));
  std::unique_ptr<KafkaProducer> out(new KafkaProducer);
  out->report_ = std::move(report);
  rd_kafka_conf_set_opaque(conf.get(), out.get());
  rd_kafka_conf_set_log_cb(conf.get(), on_log);
  rd_kafka_conf_set_dr_msg_cb(conf.get(), Library::on_report);
  rd_kafka_conf_set_error_cb(conf.get(), Library::on_error);
  out->library_ = std::make_unique<Library>();
  Text why{};
  out->library_->handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), why.data(), why.size());
  if (out->library_->handle == nullptr)
    return fail(ErrorCode::invalid, fmt::format("kafka: {}", why.data()),
                "see kafka.brokers and kafka.config");
  static_cast<void>(conf.release());  // it is the handle's now
  out->library_->topic = rd_kafka_topic_new(out->library_->handle, settings.topic.c_str(), nullptr);
  if (out->library_->topic == nullptr)
    return fail(ErrorCode::invalid,
                fmt::format("kafka.topic: {}", rd_kafka_err2str(rd_kafka_last_error())));
  return out;
}

// Some values are judged only as a producer is made of them: paths of certificates, mechanisms.
Result<void> check_kafka(Files& files, const KafkaSettings& settings) {
  if (settings.brokers.empty()) return {};
  TRY(KafkaProducer::open(files, settings, [](std::uint64_t, std::string_view) {}));
  return {};
}

KafkaProducer::~KafkaProducer() = default;

Result<bool> KafkaProducer::send(const KafkaRecord& record, std::uint64_t number) {
  rd_kafka_vu_t topic{}, flags{}, time{}, opaque{};
  topic.vtype = RD_KAFKA_VTYPE_RKT;
  topic.u.rkt = library_->topic;
  flags.vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  flags.u.i = RD_KAFKA_MSG_F_COPY;
  time.vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  time.u.i64 = record.time;
  opaque.vtype = RD_KAFKA_VTYPE_OPAQUE;
  opaque.u.ptr = std::bit_cast<void*>(static_cast<std::uintptr_t>(number));
  const rd_kafka_vu_t parts[] = {topic,
                                 flags,
                                 time,
                                 opaque,
                                 bytes(RD_KAFKA_VTYPE_KEY, record.key),
                                 bytes(RD_KAFKA_VTYPE_VALUE, record.value),
                                 header("workspace", record.workspace),
                                 header("seq", record.seq),
                                 header("click_id", record.click_id)};
  const std::unique_ptr<rd_kafka_error_t, ErrorDeleter> error(
      rd_kafka_produceva(library_->handle, parts, std::size(parts)));
  if (!error) return true;
  if (rd_kafka_error_code(error.get()) == RD_KAFKA_RESP_ERR__QUEUE_FULL) return false;
  return fail(ErrorCode::unavailable, rd_kafka_error_string(error.get()));
}

void KafkaProducer::poll(std::chrono::milliseconds most) {
  rd_kafka_poll(library_->handle, static_cast<int>(most.count()));
}

void KafkaProducer::flush(std::chrono::milliseconds most) {
  rd_kafka_flush(library_->handle, static_cast<int>(most.count()));
}

}  // namespace tally
