// SPDX-License-Identifier: Apache-2.0
#include "http/outgoing_transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace tally {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostHeaderBytes = 32u << 10;
// A transfer's own memory while it runs; a piece of a body is at most as long.
constexpr long kBufferBytes = 16L << 10;

milliseconds since(Clock::time_point then) {
  return std::chrono::duration_cast<milliseconds>(Clock::now() - then);
}

// "15 s", "1500 ms".
std::string text_of(milliseconds time) {
  return time.count() % 1000 == 0 ? fmt::format("{} s", time.count() / 1000)
                                  : fmt::format("{} ms", time.count());
}

// libcurl takes 0 for "as long as it takes".
long limit_of(milliseconds time) {
  return static_cast<long>(
      std::clamp<std::int64_t>(time.count(), 1, std::numeric_limits<std::int32_t>::max()));
}

bool is_method(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// One line of printable text, whatever a receiver put into it.
std::string plain(std::string_view text) {
  std::string out = make_utf8(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, ' ');
  return out;
}

}  // namespace

void OutgoingJob::finish(OutgoingAnswer answer) const {
  answer.took = since(sent);
  done(std::move(answer));
}

std::optional<std::string> origin_of(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower(url.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  const auto host = scheme_end + 3;
  const auto host_end = std::min(url.find_first_of("/?#", host), url.size());
  // libcurl would take the first part of the path for the host.
  if (host_end == host) return std::nullopt;
  return lower(url.substr(0, host_end));
}

OutgoingTransfer::OutgoingTransfer(const OutgoingOptions& options, MultiLoop& loop)
    : options_(options), loop_(loop), handle_(make_easy_handle()) {
  set_fixed_options();
}

void OutgoingTransfer::set_fixed_options() {
  CURL* const handle = handle_.get();
  set_manners(handle);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  loop_.adopt(handle);
  // Else giving a look-up up waits for its thread, and with it every other request.
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, kBufferBytes);
  curl_easy_setopt(handle, CURLOPT_UPLOAD_BUFFERSIZE, kBufferBytes);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail_.data());
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, read_head);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, read_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_file);
  curl_easy_setopt(handle, CURLOPT_READDATA, this);
  curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, seek_file);
  curl_easy_setopt(handle, CURLOPT_SEEKDATA, this);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(kSlowest));
  // The bundle alone holds all certificates of the system. With a folder beside it, libcurl would
  // read the bundle again for each connection, in twenty milliseconds, instead of keeping it.
  curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  if (!options_.ca.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options_.ca.c_str());
}

void OutgoingTransfer::set_names() {
  if (!options_.resolve) return;
  names_.reset();
  for (const std::string& line : options_.resolve()) append_line(names_, line);
  curl_easy_setopt(handle_.get(), CURLOPT_RESOLVE, names_.get());
}

void OutgoingTransfer::set_body() {
  const OutgoingRequest& request = job_.request;
  set_method(handle_.get(), request.method,
             request.body ? std::string_view(*request.body) : std::string_view());
  if (!request.file) return;
  // Without the bytes at hand they are read by read_file().
  curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDS, nullptr);
  curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request.file_bytes));
}

Result<void> OutgoingTransfer::begin(OutgoingJob job) {
  job_ = std::move(job);
  answer_headers_ = {};
  body_.clear();
  sent_ = 0;
  file_error_.clear();
  enough_ = dialled_ = false;
  refusal_.clear();
  detail_[0] = '\0';
  const OutgoingRequest& request = job_.request;
  if (!is_method(request.method)) return fail(ErrorCode::invalid, "no method of HTTP");
  TRY_ASSIGN(headers_, header_list(request.headers));
  // libcurl would call any body a form.
  const bool typed = std::ranges::any_of(request.headers, [](const auto& header) {
    return equals_ignoring_case(header.first, "content-type");
  });
  if (!typed) append_line(headers_, "Content-Type:");

  CURL* const handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_.get());
  set_body();
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, limit_of(request.timeout));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, limit_of(request.connect_timeout));
  set_names();
  return {};
}

OutgoingAnswer OutgoingTransfer::end(CURLcode code) {
  OutgoingAnswer answer;
  answer.status = status();
  answer.headers = std::move(answer_headers_.fields);
  answer.body = std::move(body_);
  if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && enough_)) answer.error = error_text(code);
  return answer;
}

int OutgoingTransfer::status() const {
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  // What comes before an answer (100) is none.
  return status < 200 ? 0 : static_cast<int>(status);
}

std::string OutgoingTransfer::error_text(CURLcode code) const {
  if (answer_headers_.bytes > kMostHeaderBytes)
    return fmt::format("the answer has more than {} bytes of headers", kMostHeaderBytes);
  // The library's name for a line that is longer than the most it keeps.
  if (code == CURLE_OUT_OF_MEMORY) return "the answer's head is too long";
  if (!file_error_.empty()) return file_error_;
  if (!dialled_ && !refusal_.empty()) return refusal_ + ", which is not to be called";
  if (code == CURLE_OPERATION_TIMEDOUT) {
    curl_off_t connected = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
    const auto& [connect, total] = std::pair(job_.request.connect_timeout, job_.request.timeout);
    if (connected == 0) return "no connection within " + text_of(std::min(connect, total));
    curl_off_t took = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_TOTAL_TIME_T, &took);
    if (job_.request.stall.count() > 0 && std::chrono::microseconds(took) < total)
      return "nothing moved for " + text_of(job_.request.stall);
    return "no whole answer within " + text_of(total);
  }
  return plain(detail_[0] != '\0' ? detail_.data() : curl_easy_strerror(code));
}

curl_socket_t OutgoingTransfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<OutgoingTransfer*>(self);
  if (const auto allowed = transfer.options_.guard.check(&address->addr, address->addrlen);
      !allowed) {
    transfer.refusal_ = allowed.error().message;
    return CURL_SOCKET_BAD;
  }
  transfer.dialled_ = true;
  return transfer.loop_.open_socket(*address);
}

std::size_t OutgoingTransfer::read_head(char* data, std::size_t, std::size_t size, void* self) {
  auto& headers = static_cast<OutgoingTransfer*>(self)->answer_headers_;
  if (headers.bytes + size > kMostHeaderBytes) {
    headers.bytes += size;
    return 0;
  }
  headers.take({data, size});
  return size;
}

std::size_t OutgoingTransfer::read_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<OutgoingTransfer*>(self);
  const std::size_t room = transfer.job_.request.most_read - transfer.body_.size();
  transfer.body_.append(data, std::min(size, room));
  transfer.enough_ = size > room;
  return transfer.enough_ ? 0 : size;
}

// A file that cannot be read, or ends too soon, ends the request: it promised more.
std::size_t OutgoingTransfer::read_file(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<OutgoingTransfer*>(self);
  const OutgoingRequest& request = transfer.job_.request;
  const std::uint64_t left = request.file_bytes - transfer.sent_;
  const auto piece = request.file->read(
      transfer.sent_, static_cast<std::size_t>(std::min<std::uint64_t>(size, left)));
  if (!piece || (piece->empty() && left != 0)) {
    transfer.file_error_ = piece ? "the file is shorter than it was" : piece.error().line();
    return CURL_READFUNC_ABORT;
  }
  std::ranges::copy(*piece, data);
  transfer.sent_ += piece->size();
  return piece->size();
}

// To send a request once more on another connection.
int OutgoingTransfer::seek_file(void* self, curl_off_t offset, int origin) {
  if (origin != SEEK_SET) return CURL_SEEKFUNC_FAIL;
  static_cast<OutgoingTransfer*>(self)->sent_ = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

}  // namespace tally
