// SPDX-License-Identifier: Apache-2.0
#include "http/client.h"

#include <mutex>

#include "base/text.h"
#include "http/easy_handle.h"

namespace tally {
namespace {

// More idle connections than this are closed rather than kept.
constexpr std::size_t kIdleHandles = 16;

struct Receiver {
  CURL* handle = nullptr;
  const std::function<bool(std::string_view)>* sink = nullptr;
  HttpResponse response;
  AnswerHeaders headers;
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
  static_cast<Receiver*>(user)->headers.take({data, size});
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

ErrorCode code_of(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return ErrorCode::invalid;
    default:
      return ErrorCode::unavailable;
  }
}

}  // namespace

struct HttpClient::Pool {
  std::mutex mutex;
  std::vector<EasyHandle> idle;

  EasyHandle take() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        EasyHandle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    return make_easy_handle();
  }

  void put_back(EasyHandle handle) {
    // Drops every option of the last request and keeps its connection.
    curl_easy_reset(handle.get());
    const std::scoped_lock lock(mutex);
    if (idle.size() < kIdleHandles) idle.push_back(std::move(handle));
  }
};

std::string_view HttpResponse::header(std::string_view name) const {
  return header_value(headers, name);
}

HttpClient::HttpClient() : pool_(std::make_unique<Pool>()) {}
HttpClient::~HttpClient() = default;

Result<HttpResponse> HttpClient::request(const HttpRequest& request) {
  TRY_ASSIGN(const HeaderList headers, header_list(request.headers));
  EasyHandle owner = pool_->take();
  CURL* handle = owner.get();
  Receiver receiver;
  receiver.handle = handle;
  receiver.sink = &request.sink;
  receiver.limit = request.max_response_bytes;
  char detail[CURL_ERROR_SIZE] = "";

  set_manners(handle);
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
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
  set_method(handle, request.method, request.body);
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
  receiver.response.headers = std::move(receiver.headers.fields);
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
