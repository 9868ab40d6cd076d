// SPDX-License-Identifier: Apache-2.0
//
// Every setting of `serve`, from one list.
//
// A setting has a dotted key. It can come from tallymark.toml, from the environment (TALLYMARK_ and
// the key with dots as underscores, upper case) and from `--set key=value`; the later of these
// wins. The list in settings.cc names each key with its reader and its help text, so an unknown key
// is refused wherever it comes from (a variable counts as one when it begins like a setting), and
// `tallymark settings` cannot be out of date.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "enrich/enricher.h"
#include "http/address_guard.h"
#include "journal/group_commit.h"
#include "mail/smtp_client.h"
#include "redirect/client_address.h"
#include "redirect/source_limiter.h"
#include "sinks/kafka_settings.h"

namespace tally {

struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;

  // "127.0.0.1:8080", "[::1]:8080", "localhost:0".
  static Result<ListenAddress> parse(std::string_view text);
};

struct Settings {
  std::filesystem::path data = "data";
  ListenAddress links{"127.0.0.1", 8080};
  ListenAddress console{"127.0.0.1", 8081};
  bool take_over = false;     // from the process that runs on the data folder, if there is one
  std::string bootstrap_key;  // TALLYMARK_BOOTSTRAP_KEY; "" for none

  std::vector<Network> trusted_proxies;
  bool proxy_protocol = false;                     // trusted proxies begin with a PROXY header
  std::filesystem::path tls_certificate, tls_key;  // "": links are answered without TLS
  Durability durability = Durability::sync;
  UnixMillis interval_ms = 100;
  UnixMillis keep_ms = kMillisPerDay;
  std::uint64_t journal_max_bytes = 10ULL << 30;
  std::size_t edge_threads = 0;              // 0: one per core, at most four
  std::string clicks_url;                    // "": the embedded engine
  std::optional<ListenAddress> read_listen;  // none: guests do not read the embedded engine
  std::string read_token;                    // what they have to show; "" for none
  std::string links_url;                     // "": sqlite in the data folder
  std::string links_base_url;                // "": the links listener's address
  std::vector<std::string> app_schemes;      // lower case; what links may open besides http(s)
  std::string root_redirect;                 // of the default domain's `/`; "": 404
  std::string not_found_redirect;            // of its paths that are no link; "": 404
  std::uint32_t unknown_paths_per_minute = SourceLimits::kUnknownPaths;  // per source; 0: any
  std::filesystem::path geo_v4, geo_v6;                                  // "": what set-up fetched
  std::filesystem::path geo_fetched;  // of `geo update`; "" when geo.path names another
  std::filesystem::path user_agent_rules;
  std::filesystem::path rules;    // "": rules in the data folder
  std::filesystem::path exports;  // "": exports in the data folder
  std::filesystem::path web_root;
  std::filesystem::path engine_binary;   // "": this program
  std::filesystem::path engine_library;  // "": what set-up fetched
  IpMode ip = IpMode::none;
  SignalPolicy signals = SignalPolicy::ignore;
  LogLevel log_level = LogLevel::info;
  std::string console_base_url;  // "": the console listener's address
  SmtpSettings mail;
  AddressGuard webhook_guard;        // what webhooks may reach
  std::filesystem::path webhook_ca;  // "": the system's
  KafkaSettings kafka;
};

struct SettingInfo {
  std::string_view key;
  std::string_view help;
};
std::vector<SettingInfo> setting_infos();

// The process's environment, or a test's.
using Environment = std::map<std::string, std::string>;

struct SettingSources {
  std::optional<std::filesystem::path> file;  // must exist when named
  Environment environment;
  std::vector<std::string> overrides;  // "key=value", from --set
};

// Applies all sources to `settings`. Errors name the source, the key and what would be right.
Result<void> apply_settings(const SettingSources& sources, Settings& settings);

}  // namespace tally
