// SPDX-License-Identifier: Apache-2.0
//
// What every request on libcurl has in common, whether its caller waits (client.h) or not
// (outgoing.h): its handle, its method and headers, and the headers that come back.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tally {

struct CloseEasyHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, CloseEasyHandle>;

struct FreeHeaderList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeHeaderList>;

using HeaderPairs = std::vector<std::pair<std::string, std::string>>;

// To be called before anything else of the library; fine to repeat.
void set_up_libcurl();
// A new handle, of a library that is set up.
EasyHandle make_easy_handle();

// HTTP/1.1 over http and https, no redirect followed, nothing taken from the environment, no
// signals.
void set_manners(CURL* handle);

// `method` with `body`, which is not copied; a body is sent with all but HEAD.
void set_method(CURL* handle, const std::string& method, std::string_view body);

void append_line(HeaderList& list, const std::string& line);
// `headers` as libcurl takes them. `invalid` when one of them would be more than a header.
Result<HeaderList> header_list(const HeaderPairs& headers);

// The headers of an answer, read line by line.
struct AnswerHeaders {
  HeaderPairs fields;     // of the last head; names in lower case
  std::size_t bytes = 0;  // of all heads and trailers together

  void take(std::string_view line);
};

// The first of `fields` with that lower-case name; "" when there is none.
std::string_view header_value(const HeaderPairs& fields, std::string_view name);

}  // namespace tally
