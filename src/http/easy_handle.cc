// SPDX-License-Identifier: Apache-2.0
#include "http/easy_handle.h"

#include "base/check.h"
#include "base/text.h"

namespace tally {

using std::operator""sv;

// The library's own is not thread-safe; a static's is.
void set_up_libcurl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(code == CURLE_OK);
}

EasyHandle make_easy_handle() {
  set_up_libcurl();
  EasyHandle handle(curl_easy_init());
  CHECK(handle != nullptr);
  return handle;
}

void set_manners(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
}

void set_method(CURL* handle, const std::string& method, std::string_view body) {
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, nullptr);
  if (method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    return;
  }
  if (method == "GET" && body.empty()) {
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    return;
  }
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  if (method != "POST") curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data() ? body.data() : "");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
}

void append_line(HeaderList& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  CHECK(longer != nullptr);
  // The list keeps its first element.
  if (list == nullptr) list.reset(longer);
}

Result<HeaderList> header_list(const HeaderPairs& headers) {
  HeaderList list;
  // libcurl would otherwise wait for a 100 before it sends a larger body.
  append_line(list, "Expect:");
  std::string line;
  for (const auto& [name, value] : headers) {
    if (name.find_first_of("\r\n:\0"sv) != std::string::npos ||
        value.find_first_of("\r\n\0"sv) != std::string::npos)
      return fail(ErrorCode::invalid, "a header of a request contains a line break");
    line = name;
    // libcurl removes a header that is given without a value; a semicolon sends it empty.
    if (value.empty()) {
      line += ';';
    } else {
      line.append(": ").append(value);
    }
    append_line(list, line);
  }
  return list;
}

void AnswerHeaders::take(std::string_view line) {
  bytes += line.size();
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    // An interim answer (100) came before: only the last one's headers count.
    fields.clear();
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  fields.emplace_back(lower(line.substr(0, colon)), trim(line.substr(colon + 1)));
}

std::string_view header_value(const HeaderPairs& fields, std::string_view name) {
  for (const auto& [key, text] : fields)
    if (key == name) return text;
  return {};
}

}  // namespace tally
