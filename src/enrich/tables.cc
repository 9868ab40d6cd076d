// SPDX-License-Identifier: Apache-2.0
#include "enrich/tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/files.h"
#include "base/text.h"

namespace tally {
namespace {

struct BuiltIn {
  std::string_view name, file, text;
};

// clang-format off
constexpr BuiltIn kBuiltIn[] = {
    {"bots_ai", "built-in bots_ai",
#include "enrich/data/bots_ai.inc"
    },
    {"bots_preview", "built-in bots_preview",
#include "enrich/data/bots_preview.inc"
    },
    {"bots_monitor", "built-in bots_monitor",
#include "enrich/data/bots_monitor.inc"
    },
    {"bots_library", "built-in bots_library",
#include "enrich/data/bots_library.inc"
    },
    {"bots_crawler", "built-in bots_crawler",
#include "enrich/data/bots_crawler.inc"
    },
    {"bots_generic", "built-in bots_generic",
#include "enrich/data/bots_generic.inc"
    },
    {"devices", "built-in devices",
#include "enrich/data/devices.inc"
    },
    {"in_app", "built-in in_app",
#include "enrich/data/in_app.inc"
    },
    {"overlays", "built-in overlays",
#include "enrich/data/overlays.inc"
    },
    {"redirectors", "built-in redirectors",
#include "enrich/data/redirectors.inc"
    },
    {"referrers", "built-in referrers",
#include "enrich/data/referrers.inc"
    },
    {"sources", "built-in sources",
#include "enrich/data/sources.inc"
    },
};
// clang-format on

constexpr std::string_view kEnding = ".txt";
// Ten times our longest table. The automata made of it have budgets of their own.
constexpr std::size_t kMostBytes = 1 << 20;

const BuiltIn* built_in(std::string_view name) {
  const auto* found = std::ranges::find(kBuiltIn, name, &BuiltIn::name);
  return found == std::end(kBuiltIn) ? nullptr : found;
}

Result<void> append_rows(std::string_view file, std::string_view text, std::size_t fields,
                         std::vector<TableRow>& out) {
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    TableRow row{{}, file, number};
    while (row.fields.size() + 1 < fields) {
      const auto blank = line.find(' ');
      if (blank == std::string_view::npos) break;
      row.fields.push_back(line.substr(0, blank));
      line = trim(line.substr(blank));
    }
    row.fields.push_back(line);
    if (row.fields.size() < fields)
      return row.refuse(fmt::format("{} fields where {} are needed", row.fields.size(), fields));
    out.push_back(std::move(row));
  }
  return {};
}

}  // namespace

std::string TableRow::place() const { return fmt::format("{}:{}", file, line); }

std::unexpected<Error> TableRow::refuse(std::string_view what) const {
  return fail(ErrorCode::invalid, fmt::format("{}: {}", place(), what));
}

RuleTables RuleTables::without_ours() {
  RuleTables out;
  out.with_ours_ = false;
  return out;
}

Result<void> RuleTables::add(const std::string& table, std::string file, std::string text) {
  CHECK(built_in(table) != nullptr);
  if (text.size() > kMostBytes)
    return fail(ErrorCode::too_large, fmt::format("{}: more than {} bytes", file, kMostBytes));
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (!is_utf8(line) || line.find('\0') != std::string_view::npos)
      return fail(ErrorCode::invalid, fmt::format("{}:{}: not UTF-8 text", file, number));
  }
  // What other editors end and divide lines with.
  std::ranges::replace(text, '\r', ' ');
  std::ranges::replace(text, '\t', ' ');
  added_.insert_or_assign(table, Text{std::move(file), std::move(text)});
  return {};
}

Result<std::shared_ptr<const RuleTables>> RuleTables::load(const std::filesystem::path& folder) {
  auto out = std::make_shared<RuleTables>();
  std::error_code missing;
  if (folder.empty() || !std::filesystem::exists(folder, missing)) return out;
  PosixFiles files;
  TRY_ASSIGN(const auto names, list_directory(folder));
  for (const std::string& name : names) {
    if (name.starts_with('.')) continue;
    const bool text = name.ends_with(kEnding);
    const std::string table = text ? name.substr(0, name.size() - kEnding.size()) : "";
    if (!built_in(table)) {
      out->strangers_.push_back((folder / name).string());
      continue;
    }
    TRY_ASSIGN(std::string contents, files.read_all(folder / name));
    TRY(out->add(table, (folder / name).string(), std::move(contents)));
  }
  return out;
}

Result<std::vector<TableRow>> RuleTables::rows(std::initializer_list<std::string_view> tables,
                                               std::size_t fields) const {
  std::vector<TableRow> out;
  for (const std::string_view table : tables)
    if (const auto added = added_.find(table); added != added_.end())
      TRY(append_rows(added->second.file, added->second.text, fields, out));
  if (!with_ours_) return out;
  for (const std::string_view table : tables) {
    const BuiltIn* ours = built_in(table);
    CHECK(ours != nullptr);
    TRY(append_rows(ours->file, ours->text, fields, out));
  }
  return out;
}

}  // namespace tally
