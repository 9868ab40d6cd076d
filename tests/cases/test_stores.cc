// SPDX-License-Identifier: Apache-2.0
#include "test_stores.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>

#include "base/check.h"
#include "engine/supervisor.h"

extern char** environ;

namespace tally {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::string_view kServerConfig = R"(<?xml version="1.0"?>
<yandex>
  <logger><level>error</level><log>FOLDER/server.log</log><errorlog>FOLDER/error.log</errorlog>
    <size>10M</size><count>1</count></logger>
  <http_port>HTTP_PORT</http_port><tcp_port>TCP_PORT</tcp_port>
  <listen_host>127.0.0.1</listen_host>
  <max_connections>64</max_connections><max_concurrent_queries>16</max_concurrent_queries>
  <mark_cache_size>67108864</mark_cache_size>
  <path>FOLDER/data/</path><tmp_path>FOLDER/tmp/</tmp_path>
  <user_files_path>FOLDER/files/</user_files_path>
  <users_config>FOLDER/users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
</yandex>
)";
constexpr std::string_view kServerUsers = R"(<?xml version="1.0"?>
<yandex>
  <profiles><default><max_threads>2</max_threads></default></profiles>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota></default></users>
  <quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors>
    <result_rows>0</result_rows><read_rows>0</read_rows><execution_time>0</execution_time>
  </interval></default></quotas>
</yandex>
)";

// A TCP port that was free a moment ago.
int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  CHECK(::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
  CHECK(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(fd);
  return ntohs(address.sin_port);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

class EmbeddedStore final : public TestStore {
 public:
  EmbeddedStore()
      : supervisor_({.binary = engine_binary(),
                     .path = folder_.path("clicks"),
                     .socket = folder_.path("engine.sock"),
                     .library = {}},
                    clock_) {
    supervisor_.start();
    CHECK(supervisor_.wait_ready(30s));
  }
  Dialect dialect() const override { return Dialect::modern; }
  ClickStoreOptions options() const override {
    ClickStoreOptions options;
    options.unix_socket = folder_.path("engine.sock");
    return options;
  }

 private:
  SystemClock clock_;
  TemporaryFolder folder_;
  EngineSupervisor supervisor_;
};

class OldServer final : public TestStore {
 public:
  OldServer() : port_(free_port()) {
    std::string config = replaced(std::string(kServerConfig), "FOLDER", folder_.path());
    config = replaced(config, "HTTP_PORT", std::to_string(port_));
    config = replaced(config, "TCP_PORT", std::to_string(free_port()));
    std::ofstream(folder_.path("config.xml")) << config;
    std::ofstream(folder_.path("users.xml")) << kServerUsers;
    for (const char* below : {"data", "tmp", "files"})
      std::filesystem::create_directory(folder_.path(below));
    spawn();
    for (int tries = 0; !ClickStore(http_client(), options()).ping(); ++tries) {
      CHECK(tries < 300 && ::waitpid(pid_, nullptr, WNOHANG) == 0);
      std::this_thread::sleep_for(100ms);
    }
  }
  ~OldServer() override {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Dialect dialect() const override { return Dialect::legacy; }
  ClickStoreOptions options() const override {
    ClickStoreOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(port_);
    return options;
  }

 private:
  void spawn() {
    std::string binary = "/usr/sbin/clickhouse-server";
    std::string config = "--config-file=" + folder_.path("config.xml");
    char* arguments[] = {binary.data(), config.data(), nullptr};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int fd : {STDOUT_FILENO, STDERR_FILENO})
      ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_WRONLY, 0);
    CHECK(::posix_spawn(&pid_, binary.c_str(), &actions, nullptr, arguments, environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
  }

  TemporaryFolder folder_;
  int port_;
  pid_t pid_ = 0;
};

struct Running {
  std::unique_ptr<TestStore> server;
  std::unique_ptr<ClickStore> clicks;
};

Running& running(std::string_view name) {
  http_client();  // outlives the stores
  static std::map<std::string, Running, std::less<>> stores;
  const auto found = stores.find(name);
  if (found != stores.end()) return found->second;
  Running made;
  if (name == "engine") {
    made.server = std::make_unique<EmbeddedStore>();
  } else {
    made.server = std::make_unique<OldServer>();
  }
  made.clicks = std::make_unique<ClickStore>(http_client(), made.server->options());
  const auto migrated = made.clicks->migrate();
  if (!migrated) std::fprintf(stderr, "%s\n", migrated.error().line().c_str());
  CHECK(migrated);
  return stores.emplace(name, std::move(made)).first->second;
}

}  // namespace

TestStore& test_store(std::string_view name) { return *running(name).server; }
ClickStore& click_store(std::string_view name) { return *running(name).clicks; }

HttpClient& http_client() {
  static HttpClient client;
  return client;
}

WorkspaceId fresh_workspace() {
  static std::atomic<std::uint64_t> next = 1;
  return WorkspaceId{next.fetch_add(1)};
}

std::string engine_binary() {
  const char* binary = std::getenv("TALLYMARK_ENGINE_BINARY");
  CHECK(binary != nullptr);
  return binary;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "tallymark-XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::path(std::string_view below) const {
  return below.empty() ? path_.string() : (path_ / below).string();
}

}  // namespace tally
