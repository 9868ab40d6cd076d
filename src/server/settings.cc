// SPDX-License-Identifier: Apache-2.0
#include "server/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/guest_request.h"
#include "model/link.h"

namespace tally {
namespace {

// Below this the segments would be too short to be worth their names.
constexpr std::uint64_t kLeastJournalBytes = 16 << 20;

std::unexpected<Error> refuse(std::string message) {
  return fail(ErrorCode::invalid, std::move(message));
}

template <class Kind>
Result<void> read_choice(std::string_view text,
                         std::initializer_list<std::pair<std::string_view, Kind>> choices,
                         Kind& out) {
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == text) {
      out = value;
      return {};
    }
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return refuse(fmt::format("'{}' is not one of: {}", text, names));
}

// "90s", "15m", "24h", "7d", "250ms".
Result<void> read_duration(std::string_view text, UnixMillis& out) {
  constexpr std::pair<std::string_view, UnixMillis> kUnits[] = {{"ms", 1},
                                                                {"s", kMillisPerSecond},
                                                                {"m", kMillisPerMinute},
                                                                {"h", kMillisPerHour},
                                                                {"d", kMillisPerDay}};
  for (const auto& [unit, millis] : kUnits) {
    if (!text.ends_with(unit)) continue;
    const auto number = parse_number<std::uint32_t>(text.substr(0, text.size() - unit.size()));
    if (!number) continue;
    out = *number * millis;
    return {};
  }
  return refuse(fmt::format("'{}' is not a duration like 250ms, 90s, 15m, 24h or 7d", text));
}

// "1048576", "512MiB", "10GiB", "1TiB".
Result<void> read_bytes(std::string_view text, std::uint64_t least, std::uint64_t& out) {
  constexpr std::pair<std::string_view, int> kUnits[] = {
      {"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}, {"", 0}};
  for (const auto& [unit, shift] : kUnits) {
    if (!text.ends_with(unit)) continue;
    const auto number = parse_number<std::uint32_t>(text.substr(0, text.size() - unit.size()));
    const auto whole = parse_number<std::uint64_t>(text);
    if (!number && !whole) continue;
    const std::uint64_t bytes = whole ? *whole : std::uint64_t{*number} << shift;
    if (bytes < least) return refuse(fmt::format("'{}' is less than {} MiB", text, least >> 20));
    out = bytes;
    return {};
  }
  return refuse(fmt::format("'{}' is not a size like 1048576, 512MiB or 10GiB", text));
}

Result<void> read_networks(std::string_view text, std::vector<Network>& out) {
  out.clear();
  for (const std::string_view part : split(text, ',')) {
    if (trim(part).empty()) continue;
    TRY_ASSIGN(const Network network, Network::parse(trim(part)));
    out.push_back(network);
  }
  return {};
}

Result<void> read_base_url(std::string_view text, std::string_view key, std::string& out) {
  if (!text.empty()) TRY(validate_web_url(text, key));
  out = text;
  while (out.ends_with('/')) out.pop_back();
  return {};
}

Result<void> read_redirect(std::string_view text, std::string_view key, std::string& out) {
  if (!text.empty()) TRY(validate_web_url(text, key));
  out = text;
  return {};
}

Result<void> read_links_url(std::string_view text, std::string& out) {
  if (!text.empty() && !text.starts_with("sqlite:"))
    return refuse(fmt::format("'{}' does not begin with sqlite:", text));
  out = text;
  return {};
}

Result<void> read_clicks_url(std::string_view text, std::string& out) {
  if (!text.empty() && !text.starts_with("http://") && !text.starts_with("https://"))
    return refuse(fmt::format("'{}' does not begin with http:// or https://", text));
  out = text;
  return {};
}

Result<void> read_listen_address(std::string_view text, std::optional<ListenAddress>& out) {
  out.reset();
  if (text.empty()) return {};
  TRY_ASSIGN(out, ListenAddress::parse(text));
  return {};
}

// What it says is not to be seen in an error either.
Result<void> read_guest_token(std::string_view text, std::string& out) {
  if (!text.empty() && !is_guest_token(text))
    return fail(ErrorCode::invalid,
                fmt::format("a token has at least {} printable characters", kLeastGuestToken),
                "`openssl rand -hex 32` makes one");
  out = text;
  return {};
}

Result<void> read_threads(std::string_view text, std::size_t& out) {
  const auto count = parse_number<std::size_t>(text);
  if (!count || *count > 256) return refuse(fmt::format("'{}' is not a number up to 256", text));
  out = *count;
  return {};
}

Result<void> read_flag(std::string_view text, bool& out) {
  return read_choice<bool>(text, {{"true", true}, {"false", false}}, out);
}

Result<void> read_text(std::string_view text, std::string& out) {
  out = text;
  return {};
}

Result<void> read_path(std::string_view text, std::filesystem::path& out) {
  out = text;
  return {};
}

Result<void> read_ip_mode(std::string_view text, IpMode& out) {
  return read_choice<IpMode>(
      text,
      {{to_text(IpMode::none), IpMode::none},
       {to_text(IpMode::truncated), IpMode::truncated},
       {to_text(IpMode::full), IpMode::full}},
      out);
}

Result<void> keep(Result<std::string> read, std::string& out) {
  TRY_ASSIGN(out, std::move(read));
  return {};
}

struct Setting {
  std::string_view key;
  std::string_view help;
  Result<void> (*read)(std::string_view text, Settings& out);
};

constexpr Setting kSettings[] = {
    {"http.trusted_proxies", "networks whose X-Forwarded-For is believed, like 10.0.0.0/8",
     [](std::string_view t, Settings& s) { return read_networks(t, s.trusted_proxies); }},
    {"http.proxy_protocol", "true: those begin each connection with a PROXY header (false)",
     [](std::string_view t, Settings& s) { return read_flag(t, s.proxy_protocol); }},
    {"journal.durability", "sync (default), interval or os: what a click survives",
     [](std::string_view t, Settings& s) {
       return read_choice<Durability>(
           t,
           {{"sync", Durability::sync}, {"interval", Durability::interval}, {"os", Durability::os}},
           s.durability);
     }},
    {"journal.interval", "how often `interval` syncs (100ms)",
     [](std::string_view t, Settings& s) { return read_duration(t, s.interval_ms); }},
    {"journal.keep", "how long enriched clicks stay after they are stored (24h)",
     [](std::string_view t, Settings& s) { return read_duration(t, s.keep_ms); }},
    {"journal.max_bytes", "the room that both logs may take together, like 512MiB (10GiB)",
     [](std::string_view t, Settings& s) {
       return read_bytes(t, kLeastJournalBytes, s.journal_max_bytes);
     }},
    {"edge.threads", "threads that answer links; 0 is one per core, at most four",
     [](std::string_view t, Settings& s) { return read_threads(t, s.edge_threads); }},
    {"clicks.url", "a ClickHouse server; empty is the embedded engine",
     [](std::string_view t, Settings& s) { return read_clicks_url(t, s.clicks_url); }},
    {"clicks.read_listen",
     "where guests may read the embedded engine, like 127.0.0.1:8123; empty: nowhere",
     [](std::string_view t, Settings& s) { return read_listen_address(t, s.read_listen); }},
    {"clicks.read_token", "what those guests show as password, of at least 32 characters",
     [](std::string_view t, Settings& s) { return read_guest_token(t, s.read_token); }},
    {"links.url", "where links are kept, like sqlite:/var/lib/tallymark/links.db",
     [](std::string_view t, Settings& s) { return read_links_url(t, s.links_url); }},
    {"links.base_url", "what short URLs begin with, like https://go.example.com",
     [](std::string_view t, Settings& s) {
       return read_base_url(t, "links.base_url", s.links_base_url);
     }},
    {"links.tls_certificate", "certificate chain (PEM): links are answered with TLS",
     [](std::string_view t, Settings& s) { return read_path(t, s.tls_certificate); }},
    {"links.tls_key", "its private key (PEM)",
     [](std::string_view t, Settings& s) { return read_path(t, s.tls_key); }},
    {"links.app_schemes", "app schemes that iOS and Android destinations may have, like myapp,fb",
     [](std::string_view t, Settings& s) -> Result<void> {
       TRY_ASSIGN(s.app_schemes, parse_app_schemes(t));
       return {};
     }},
    {"links.root_redirect", "where / of the default domain leads; empty answers 404",
     [](std::string_view t, Settings& s) {
       return read_redirect(t, "links.root_redirect", s.root_redirect);
     }},
    {"links.not_found_redirect", "where a path without a link leads; empty answers 404",
     [](std::string_view t, Settings& s) {
       return read_redirect(t, "links.not_found_redirect", s.not_found_redirect);
     }},
    {"links.unknown_paths_per_minute",
     "how often one address may ask for paths that are no link (60); 0 is any number",
     [](std::string_view t, Settings& s) -> Result<void> {
       const auto count = parse_number<std::uint32_t>(t);
       if (!count || *count > 60'000)
         return refuse(fmt::format("'{}' is not a number up to 60000", t));
       s.unknown_paths_per_minute = *count;
       return {};
     }},
    {"geo.path", "a city database (.mmdb) instead of the one that set-up fetched",
     [](std::string_view t, Settings& s) { return read_path(t, s.geo_v4); }},
    {"geo.path_v6", "its IPv6 half, where that is a file of its own",
     [](std::string_view t, Settings& s) { return read_path(t, s.geo_v6); }},
    {"user_agents.path", "uap-core's regexes.yaml instead of the one that set-up fetched",
     [](std::string_view t, Settings& s) { return read_path(t, s.user_agent_rules); }},
    {"rules.path",
     "a folder of your own rows for the tables of enrichment (rules in the data folder)",
     [](std::string_view t, Settings& s) { return read_path(t, s.rules); }},
    {"exports.path", "where scheduled exports are written (exports in the data folder)",
     [](std::string_view t, Settings& s) { return read_path(t, s.exports); }},
    {"console.root", "the built web console",
     [](std::string_view t, Settings& s) { return read_path(t, s.web_root); }},
    {"console.base_url", "what links to the console begin with, like https://stats.example.com",
     [](std::string_view t, Settings& s) {
       return read_base_url(t, "console.base_url", s.console_base_url);
     }},
    {"engine.binary", "the program that runs the embedded engine; empty is this one",
     [](std::string_view t, Settings& s) { return read_path(t, s.engine_binary); }},
    {"engine.library", "libchdb.so instead of the one that set-up fetched",
     [](std::string_view t, Settings& s) { return read_path(t, s.engine_library); }},
    {"privacy.ip", "what of a visitor's address is stored: none (default), truncated or full",
     [](std::string_view t, Settings& s) { return read_ip_mode(t, s.ip); }},
    {"privacy.signals", "DNT and Sec-GPC: ignore (default), anonymise or do_not_record",
     [](std::string_view t, Settings& s) {
       return read_choice<SignalPolicy>(t,
                                        {{"ignore", SignalPolicy::ignore},
                                         {"anonymise", SignalPolicy::anonymise},
                                         {"do_not_record", SignalPolicy::do_not_record}},
                                        s.signals);
     }},
    {"mail.smtp_url", "the server that takes mail, like smtp://mail.example.com:587; empty: none",
     [](std::string_view t, Settings& s) { return read_text(t, s.mail.url); }},
    {"mail.from", "the address that mail comes from",
     [](std::string_view t, Settings& s) { return read_text(t, s.mail.from); }},
    {"mail.user", "who we are to that server; empty: nobody in particular",
     [](std::string_view t, Settings& s) { return read_text(t, s.mail.user); }},
    {"mail.password", "the password of mail.user",
     [](std::string_view t, Settings& s) { return read_text(t, s.mail.password); }},
    {"mail.starttls", "automatic (default: but on this machine), always or never, with smtp://",
     [](std::string_view t, Settings& s) {
       return read_choice<StartTls>(t,
                                    {{"automatic", StartTls::automatic},
                                     {"always", StartTls::always},
                                     {"never", StartTls::never}},
                                    s.mail.starttls);
     }},
    {"mail.ca", "certificates (PEM) to trust for mail instead of the system's",
     [](std::string_view t, Settings& s) { return read_path(t, s.mail.ca); }},
    {"webhooks.allow",
     "addresses and networks of your own that webhooks and uploads may reach, like 10.1.2.3, "
     "fd00::/8",
     [](std::string_view t, Settings& s) -> Result<void> {
       TRY_ASSIGN(s.webhook_guard, AddressGuard::parse(t));
       return {};
     }},
    {"webhooks.ca", "certificates (PEM) to trust for webhooks and uploads instead of the system's",
     [](std::string_view t, Settings& s) { return read_path(t, s.webhook_ca); }},
    {"kafka.brokers",
     "brokers that clicks are sent to, like kafka-1:9092,kafka-2:9092; empty: none",
     [](std::string_view t, Settings& s) { return keep(read_kafka_brokers(t), s.kafka.brokers); }},
    {"kafka.topic", "the topic that they go into (tallymark.clicks)",
     [](std::string_view t, Settings& s) { return keep(read_kafka_topic(t), s.kafka.topic); }},
    {"kafka.config", "a file of further properties of librdkafka, like those of TLS and SASL",
     [](std::string_view t, Settings& s) { return read_path(t, s.kafka.config); }},
    {"kafka.ip", "what of a stored address is sent: none (default), truncated or full",
     [](std::string_view t, Settings& s) { return read_ip_mode(t, s.kafka.ip); }},
    {"log.level", "debug, info (default), warn or error",
     [](std::string_view t, Settings& s) {
       return read_choice<LogLevel>(t,
                                    {{"debug", LogLevel::debug},
                                     {"info", LogLevel::info},
                                     {"warn", LogLevel::warn},
                                     {"error", LogLevel::error}},
                                    s.log_level);
     }},
};

Result<void> apply(std::string_view key, std::string_view value, Settings& out) {
  const auto found = std::ranges::find(kSettings, key, &Setting::key);
  if (found == std::end(kSettings)) {
    return fail(ErrorCode::invalid, fmt::format("unknown setting '{}'", key),
                "`tallymark settings` lists them");
  }
  auto done = found->read(value, out);
  if (!done) return std::unexpected(std::move(done).error().within(key));
  return {};
}

std::string variable_of(std::string_view key) {
  std::string out = "TALLYMARK_";
  for (const char c : key)
    out.push_back(c == '.' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c));
  return out;
}

// TALLYMARK_JOURNAL_KEEPP is a slip of the pen; TALLYMARK_TOKEN may be somebody else's.
bool begins_like_a_setting(std::string_view variable) {
  return std::ranges::any_of(kSettings, [&](const Setting& setting) {
    const std::string_view section = setting.key.substr(0, setting.key.find('.') + 1);
    return variable.starts_with(variable_of(section));
  });
}

// A TOML value as the text that the environment would give; lists are joined by commas.
Result<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return std::string(flag->get() ? "true" : "false");
  if (const auto* list = node.as_array()) {
    std::string out;
    for (const toml::node& item : *list) {
      TRY_ASSIGN(const std::string text, text_of(item));
      out += (out.empty() ? "" : ",") + text;
    }
    return out;
  }
  return refuse("is neither text, a number, true, false nor a list");
}

Result<void> apply_table(const toml::table& table, const std::string& prefix, Settings& out) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const auto* inner = node.as_table()) {
      TRY(apply_table(*inner, key + ".", out));
      continue;
    }
    auto text = text_of(node);
    if (!text) return std::unexpected(std::move(text).error().within(key));
    TRY(apply(key, *text, out));
  }
  return {};
}

Result<void> apply_file(const std::filesystem::path& path, Settings& out) {
  PosixFiles files;
  auto contents = files.read_all(path);
  if (!contents) return std::unexpected(std::move(contents).error().within("settings"));
  try {
    const toml::table table = toml::parse(*contents);
    auto done = apply_table(table, "", out);
    if (!done) return std::unexpected(std::move(done).error().within(path.string()));
  } catch (const toml::parse_error& error) {
    return refuse(fmt::format("{}: line {}: {}", path.string(), error.source().begin.line,
                              error.description()));
  }
  return {};
}

}  // namespace

Result<ListenAddress> ListenAddress::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto port = colon == std::string_view::npos
                        ? std::nullopt
                        : parse_number<std::uint16_t>(text.substr(colon + 1));
  if (!port)
    return fail(ErrorCode::invalid, fmt::format("'{}' is not an address to listen on", text),
                "write it like 127.0.0.1:8080 or [::1]:8080; port 0 picks a free one");
  std::string_view address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  if (address == "localhost") address = "127.0.0.1";
  return ListenAddress{std::string(address), *port};
}

std::vector<SettingInfo> setting_infos() {
  std::vector<SettingInfo> out;
  for (const Setting& setting : kSettings) out.push_back({setting.key, setting.help});
  return out;
}

Result<void> apply_settings(const SettingSources& sources, Settings& settings) {
  if (sources.file) TRY(apply_file(*sources.file, settings));
  for (const auto& [variable, value] : sources.environment) {
    const auto found = std::ranges::find(
        kSettings, variable, [](const Setting& setting) { return variable_of(setting.key); });
    if (found == std::end(kSettings) && !begins_like_a_setting(variable)) continue;
    auto done = apply(found == std::end(kSettings) ? variable : found->key, value, settings);
    if (!done) return std::unexpected(std::move(done).error().within("environment"));
  }
  for (const std::string& text : sources.overrides) {
    const auto equals = text.find('=');
    if (equals == std::string::npos)
      return refuse(fmt::format("--set {}: write it as key=value", text));
    auto done = apply(trim(text.substr(0, equals)), text.substr(equals + 1), settings);
    if (!done) return std::unexpected(std::move(done).error().within("--set"));
  }
  return {};
}

}  // namespace tally
