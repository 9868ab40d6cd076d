// SPDX-License-Identifier: Apache-2.0
//
// The built web console, served from memory.
//
// Nothing in it needs an exception: its policy names this origin for scripts, styles, pictures and
// connections, and nothing else. No inline script or style, no markup made from strings.
//
// The few files are read once, at start: no request names a path on the disk, so none can escape
// the folder. Files under /assets/ carry a hash of their content in their name and may be kept for
// good; the others are revalidated by ETag. Text is packed once, at start, and sent so to whoever
// takes gzip. The console is one page that shows what its address
// says, so a path that is no file gets index.html, unless it looks like a file or belongs to the
// API.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace tally {

class StaticFiles {
 public:
  // No files at all when `root` is empty or missing; an error when a file cannot be read.
  static Result<StaticFiles> load(const std::filesystem::path& root);

  bool empty() const { return files_.empty(); }
  // 200, 304, or not_found. `request` is a GET or HEAD.
  Result<Response> serve(const Request& request) const;

 private:
  struct Body {
    std::string bytes;
    std::string etag;
  };
  struct File {
    Body plain;
    std::optional<Body> packed;  // in gzip, where that is smaller
    std::string type;
    bool lasting = false;
  };
  const File* find(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // by path, "/assets/app-1f2e.js"
};

}  // namespace tally
