// SPDX-License-Identifier: Apache-2.0
#include "api/static_files.h"

#include <array>
#include <system_error>

#include "api/etag.h"
#include "base/files.h"
#include "base/text.h"
#include "http/content_coding.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxFile = 16 * 1024 * 1024;

// Trusted types: what is put into a page is made of elements, never of strings. The one policy is
// that of web/src/ui/trusted_html.ts. Pictures may be data: a QR code with a logo is an answer to a
// POST, and runs nothing where it stands.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types default";

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

// Pictures and fonts are packed as they are.
bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/") || type == "image/svg+xml";
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
    File file;
    TRY_ASSIGN(file.plain.bytes, files.read_all(at->path()));
    file.plain.etag = etag_of(file.plain.bytes);
    file.type = type_of(path);
    file.lasting = path.starts_with("/assets/");
    if (is_text(file.type)) {
      Body packed{gzip(file.plain.bytes), {}};
      packed.etag = etag_of(packed.bytes);
      if (packed.bytes.size() < file.plain.bytes.size()) file.packed = std::move(packed);
    }
    out.files_[path] = std::move(file);
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
  const bool packed = file->packed && prefers_gzip(request.field("Accept-Encoding"));
  const Body& body = packed ? *file->packed : file->plain;
  Response out;
  out.fields = {
      {"ETag", body.etag},
      {"Cache-Control", file->lasting ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Content-Security-Policy", std::string(kPolicy)},
  };
  if (file->packed) out.fields.push_back({"Vary", "Accept-Encoding"});
  if (has_etag(request.field("If-None-Match"), body.etag)) {
    out.status = 304;
    return out;
  }
  out.fields.push_back({"Content-Type", file->type});
  if (packed) out.fields.push_back({"Content-Encoding", "gzip"});
  out.body = body.bytes;
  return out;
}

}  // namespace tally
