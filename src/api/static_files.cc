// SPDX-License-Identifier: Apache-2.0
#include "api/static_files.h"

#include <array>
#include <system_error>

#include "api/etag.h"
#include "base/files.h"
#include "base/text.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxFile = 16 * 1024 * 1024;

// Scripts and data only from here; styles may be inline because the component library sets some.
constexpr std::string_view kPolicy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
      {".wasm", "application/wasm"},
  }};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

// A page of the console, as opposed to a file that is not there.
bool is_page(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('/') + 1);
  return !last.contains('.') && !path.starts_with("/api/") && path != "/api";
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const fs::path& root) {
  StaticFiles out;
  std::error_code error;
  if (root.empty() || !fs::is_directory(root, error)) return out;
  PosixFiles files;
  for (fs::recursive_directory_iterator at(root, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code skipped;
    if (!at->is_regular_file(skipped) || at->file_size(skipped) > kMaxFile) continue;
    const std::string path = "/" + at->path().lexically_relative(root).generic_string();
    TRY_ASSIGN(std::string content, files.read_all(at->path()));
    std::string etag = etag_of(content);
    out.files_[path] = {std::move(content), std::string(type_of(path)), std::move(etag),
                        path.starts_with("/assets/")};
  }
  if (error) return fail(ErrorCode::unavailable, "read " + root.string() + ": " + error.message());
  return out;
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
  const auto decoded = percent_decode(path);
  if (!decoded) return nullptr;
  const auto file = files_.find(*decoded);
  if (file != files_.end()) return &file->second;
  const auto index = files_.find("/index.html");
  return is_page(*decoded) && index != files_.end() ? &index->second : nullptr;
}

Result<Response> StaticFiles::serve(const Request& request) const {
  const File* const file = find(request.path);
  if (file == nullptr) return fail(ErrorCode::not_found, "there is nothing at this path");
  Response out;
  out.fields = {
      {"ETag", file->etag},
      {"Cache-Control", file->lasting ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Content-Security-Policy", std::string(kPolicy)},
  };
  if (has_etag(request.field("If-None-Match"), file->etag)) {
    out.status = 304;
    return out;
  }
  out.fields.push_back({"Content-Type", file->type});
  out.body = file->content;
  return out;
}

}  // namespace tally
