// SPDX-License-Identifier: Apache-2.0
#include "cli/cli.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "cli/demo.h"
#include "cli/explain.h"
#include "cli/export.h"
#include "cli/geo.h"
#include "cli/import.h"
#include "cli/serve.h"
#include "cli/verify.h"
#include "engine/engine.h"
#include "server/default_paths.h"
#include "server/settings.h"
#include "server/version.h"

namespace tally {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int report(const Result<void>& done) {
  if (done) return 0;
  std::cerr << "tallymark: " << done.error().line() << "\n";
  return kFailed;
}

// What the engine child is told by its parent, or by hand, is no setting.
Environment environment() {
  Environment out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    if (name != kEngineParentVariable && name != kEngineReadTokenVariable &&
        equals != std::string_view::npos)
      out.emplace(name, text.substr(equals + 1));
  }
  return out;
}

// What the verbs that open a data folder share.
struct CommonOptions {
  std::string data = "data";
  std::string config;
  std::vector<std::string> overrides;

  void add_to(CLI::App& verb) {
    verb.add_option("--data", data, "Folder that holds everything")
        ->capture_default_str()
        ->take_last();
    verb.add_option("--config", config,
                    "Settings file (default: tallymark.toml in the data folder)")
        ->take_last();
    verb.add_option("--set", overrides, "A setting, as key=value; may be repeated")
        ->allow_extra_args(false);
  }

  Result<Settings> read() const {
    Settings settings;
    settings.data = data;
    SettingSources sources;
    sources.environment = environment();
    sources.overrides = overrides;
    const auto usual = settings.data / "tallymark.toml";
    if (!config.empty())
      sources.file = config;
    else if (std::error_code error; std::filesystem::exists(usual, error))
      sources.file = usual;
    TRY(apply_settings(sources, settings));
    if (const char* key = std::getenv("TALLYMARK_BOOTSTRAP_KEY")) settings.bootstrap_key = key;
    return settings;
  }
};

struct ServeVerb {
  CommonOptions common;
  std::string links = "127.0.0.1:8080";
  std::string console = "127.0.0.1:8081";
  bool take_over = false;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand("serve", "Run everything: links, console, click store");
    common.add_to(*verb);
    verb->add_option("--links", links, "Where links are answered; port 0 picks a free one")
        ->capture_default_str()
        ->take_last();
    verb->add_flag("--take-over", take_over,
                   "Take the place of the process that runs on this data folder");
    verb->add_option("--console", console, "Where the console and the API are")
        ->capture_default_str()
        ->take_last();
  }

  Result<void> run() const {
    TRY_ASSIGN(Settings settings, common.read());
    TRY_ASSIGN(settings.links, ListenAddress::parse(links));
    TRY_ASSIGN(settings.console, ListenAddress::parse(console));
    settings.take_over = take_over;
    return serve(settings, std::cout);
  }
};

struct DemoVerb {
  CommonOptions common;
  DemoOptions options;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand("demo", "Fill a fresh data folder with made-up traffic");
    common.add_to(*verb);
    verb->add_option("--clicks", options.clicks, "How many clicks")->capture_default_str();
    CLI::Option* links = verb->add_option("--links", options.links,
                                          "Instead of the shop's month, clicks on that many links");
    verb->add_option("--days", options.days, "Over how many days up to now, with --links")
        ->capture_default_str()
        ->needs(links);
    verb->add_option("--seed", options.seed, "The same seed makes the same clicks")
        ->capture_default_str();
  }

  Result<void> run() const {
    TRY_ASSIGN(const Settings settings, common.read());
    return fill_demo(settings, options, std::cout);
  }
};

struct EngineVerb {
  EngineOptions options;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand(
        "engine", "Run the embedded ClickHouse behind its HTTP interface (serve does this itself)");
    verb->add_option("--path", options.path, "Folder of the store")->required();
    verb->add_option("--listen", options.listen, "unix:PATH or ADDR:PORT")->required();
    verb->add_option("--library", options.library, "libchdb.so");
    verb->add_option("--read-listen", options.read_listen,
                     "A port that only reads, for those who show TALLYMARK_ENGINE_READ_TOKEN");
  }
};

struct ExplainVerb {
  std::string geo, rules;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand(
        "explain", "Requests in (one JSON object a line), enriched clicks with reasons out");
    verb->add_option("--geo", geo, "A city database (.mmdb) instead of the default one");
    verb->add_option("--rules", rules, "A folder of your own rows for the tables of enrichment");
  }

  int run() const {
    Settings settings;
    if (!geo.empty()) settings.geo_v4 = geo;
    fill_default_paths(settings);
    return run_explain(std::cin, std::cout,
                       {.user_agent_rules = settings.user_agent_rules,
                        .tables = rules,
                        .geo_v4 = settings.geo_v4,
                        .geo_v6 = settings.geo_v6});
  }
};

void add_api_options(CLI::App& verb, ApiAccess& api, const std::string& what_key) {
  verb.add_option("--api", api.server, "Address of the console")
      ->envname("TALLYMARK_API")
      ->capture_default_str();
  verb.add_option("--key", api.key, what_key)->envname("TALLYMARK_API_KEY");
}

struct ExportVerb {
  ExportOptions options;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand("export", "Clicks or counts as a file, from a server");
    add_api_options(*verb, options.api, "An API key that may read statistics");
    verb->add_option("--format", options.format, "csv, ndjson or parquet")
        ->check(CLI::IsMember({"csv", "ndjson", "parquet"}))
        ->capture_default_str();
    verb->add_option("--output,-o", options.file, "A file instead of standard output");
    verb->add_option("parameters", options.parameters,
                     "What to export, as the API takes it: range=30d country=DE,AT by=channel");
  }
};

struct ImportVerb {
  ImportOptions options;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand("import", "History from a file, into a server");
    verb->require_subcommand(1);
    CLI::App* clicks = verb->add_subcommand("clicks", "Clicks of the past, with their times");
    add_api_options(*clicks, options.api, "An API key of scope admin");
    clicks->add_option("--format", options.format, "ndjson or csv")
        ->check(CLI::IsMember({"ndjson", "csv"}))
        ->capture_default_str();
    clicks->add_option("file", options.file, "The file")->required();
  }
};

struct GeoVerb {
  CommonOptions common;
  bool json = false;
  CLI::App* status = nullptr;

  void add_to(CLI::App& app) {
    CLI::App* verb =
        app.add_subcommand("geo", "The database of places: which one, and a newer one");
    verb->require_subcommand(1);
    status = verb->add_subcommand("status", "Which database is in use, and how old it is");
    common.add_to(*status);
    status->add_flag("--json", json, "One JSON object instead of text");
    common.add_to(*verb->add_subcommand("update", "Fetch the newest default database by npm"));
  }

  int run() const {
    const auto settings = common.read();
    if (!settings) return report(std::unexpected(settings.error()));
    if (!status->parsed()) return report(geo_update(*settings, std::cout));
    const auto loaded = geo_status(*settings, json, std::cout);
    if (!loaded) return report(std::unexpected(loaded.error()));
    return *loaded ? 0 : kFailed;
  }
};

struct VerifyVerb {
  VerifyOptions options;

  void add_to(CLI::App& app) {
    CLI::App* verb = app.add_subcommand(
        "verify", "Read every record of the journal and say what is damaged; serve may run");
    verb->add_option("--data", options.data, "Folder that holds everything")
        ->capture_default_str()
        ->take_last();
    verb->add_flag("--json", options.json, "One JSON object instead of text");
  }

  int run() const {
    const auto sound = verify(options, std::cout);
    if (!sound) return report(std::unexpected(sound.error()));
    return *sound ? 0 : kFailed;
  }
};

void print_settings() {
  for (const SettingInfo& info : setting_infos())
    std::cout << info.key << std::string(24 - std::min<std::size_t>(23, info.key.size()), ' ')
              << info.help << "\n";
}

}  // namespace

int run_cli(int argc, char** argv) {
  CLI::App app("Tallymark: self-hosted short links that count", "tallymark");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("tallymark ") + kVersion);
  ServeVerb serve_verb;
  DemoVerb demo_verb;
  EngineVerb engine_verb;
  ExplainVerb explain_verb;
  ExportVerb export_verb;
  ImportVerb import_verb;
  VerifyVerb verify_verb;
  GeoVerb geo_verb;
  serve_verb.add_to(app);
  demo_verb.add_to(app);
  engine_verb.add_to(app);
  explain_verb.add_to(app);
  export_verb.add_to(app);
  import_verb.add_to(app);
  verify_verb.add_to(app);
  geo_verb.add_to(app);
  app.add_subcommand("settings", "List every setting of --set, the environment and tallymark.toml");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : kWrongUsage;
  }
  if (app.got_subcommand("serve")) return report(serve_verb.run());
  if (app.got_subcommand("demo")) return report(demo_verb.run());
  if (app.got_subcommand("engine")) return run_engine(engine_verb.options);
  if (app.got_subcommand("explain")) return explain_verb.run();
  if (app.got_subcommand("export")) return report(run_export(export_verb.options, std::cout));
  if (app.got_subcommand("import"))
    return report(run_import(import_verb.options, SystemClock(), std::cout, std::cerr));
  if (app.got_subcommand("verify")) return verify_verb.run();
  if (app.got_subcommand("geo")) return geo_verb.run();
  print_settings();
  return 0;
}

}  // namespace tally
