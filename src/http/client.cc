// SPDX-License-Identifier: Apache-2.0
#include "http/client.h"

#include <curl/curl.h>

#include <mutex>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

// More idle connections than this are closed rather than kept.
constexpr std::size_t kIdleHandles = 16;

struct Receiver {
  CURL* handle = nullptr;
  const std::function<bool(std::string_view)>* sink = nullptr;
  HttpResponse response;
  std::size_t limit = 0;
  bool too_large = false;

  int status() const {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }
};

std::size_t receive_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& receiver = *static_cast<Receiver*>(user);
  if (*receiver.sink && receiver.status() == 200) return (*receiver.sink)({data, size}) ? size : 0;
  if (receiver.response.body.size() + size > receiver.limit) {
    receiver.too_large = true;
    return 0;
  }
  receiver.response.body.append(data, size);
  return size;
}

std::size_t receive_header(char* data, std::size_t, std::size_t size, void* user) {
  auto& receiver = *static_cast<Receiver*>(user);
  std::string_view line(data, size);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    // An interim answer (100) came before: only the last one's headers count.
    receiver.response.headers.clear();
    return size;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  receiver.response.headers.emplace_back(lower(line.substr(0, colon)),
                                         trim(line.substr(colon + 1)));
  return size;
}

int watch(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<const std::function<bool()>*>(user))() ? 1 : 0;
}

void set_watch(CURL* handle, const std::function<bool()>& give_up) {
  if (!give_up) return;
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watch);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &give_up);
}

Result<HeaderList> header_list(const HttpRequest& request) {
  HeaderList list;
  const auto add = [&](const std::string& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
  };
  // libcurl would otherwise wait for a 100 before it sends a larger body.
  add("Expect:");
  for (const auto& [name, value] : request.headers) {
    if (name.find_first_of("\r\n:") != std::string::npos ||
        value.find_first_of("\r\n") != std::string::npos)
      return fail(ErrorCode::invalid, "a header of a request contains a line break");
    // libcurl removes a header that is given without a value; a semicolon sends it empty.
    add(value.empty() ? name + ";" : name + ": " + value);
  }
  return list;
}

void set_method(CURL* handle, const HttpRequest& request) {
  if (request.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    return;
  }
  if (request.method == "GET" && request.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    return;
  }
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data() ? request.body.data() : "");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request.body.size()));
}

ErrorCode code_of(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return ErrorCode::invalid;
    default:
      return ErrorCode::unavailable;
  }
}

// libcurl's global set-up is not thread-safe by itself; a static's is.
void set_up_library() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(code == CURLE_OK);
}

}  // namespace

struct HttpClient::Pool {
  std::mutex mutex;
  std::vector<Handle> idle;

  Handle take() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        Handle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    Handle handle(curl_easy_init());
    CHECK(handle != nullptr);
    return handle;
  }

  void put_back(Handle handle) {
    // Drops every option of the last request and keeps its connection.
    curl_easy_reset(handle.get());
    const std::scoped_lock lock(mutex);
    if (idle.size() < kIdleHandles) idle.push_back(std::move(handle));
  }
};

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

HttpClient::HttpClient() : pool_(std::make_unique<Pool>()) { set_up_library(); }
HttpClient::~HttpClient() = default;

Result<HttpResponse> HttpClient::request(const HttpRequest& request) {
  TRY_ASSIGN(const HeaderList headers, header_list(request));
  Handle owner = pool_->take();
  CURL* handle = owner.get();
  Receiver receiver;
  receiver.handle = handle;
  receiver.sink = &request.sink;
  receiver.limit = request.max_response_bytes;
  char detail[CURL_ERROR_SIZE] = "";

  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(request.connect_timeout_ms));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &receiver);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, receive_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &receiver);
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
  if (!request.unix_socket.empty())
    curl_easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, request.unix_socket.c_str());
  set_method(handle, request);
  set_watch(handle, request.give_up);

  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) {
    // The connection's state is unknown: the handle is closed with it, not kept.
    if (receiver.too_large)
      return fail(ErrorCode::too_large, "the answer is longer than " +
                                            std::to_string(request.max_response_bytes) + " bytes");
    if (code == CURLE_ABORTED_BY_CALLBACK)
      return fail(ErrorCode::unavailable, "no answer, and none is to be expected");
    const std::string_view reason = detail[0] != '\0' ? detail : curl_easy_strerror(code);
    return fail(code_of(code), std::string(reason));
  }
  receiver.response.status = receiver.status();
  pool_->put_back(std::move(owner));
  return std::move(receiver.response);
}

std::string percent_encode(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() * 3);
  for (const char c : text) {
    if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  return out;
}

}  // namespace tally
