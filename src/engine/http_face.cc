// SPDX-License-Identifier: Apache-2.0
#include "engine/http_face.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/file.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/http/file_body.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "engine/listening.h"

namespace tally {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Stream = asio::generic::stream_protocol;

constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::size_t kReadSize = 64u << 10;
// Where a reader may not stall: more would let seconds pass between two signs of a slow one.
constexpr int kSendBuffer = 256 << 10;
constexpr int kTooManyQueries = 202, kBadArguments = 36, kTooLarge = 307, kCannotRead = 74;

struct Pools {
  Pools(HttpFace::Runner the_runner, HttpFace::Options the_options)
      : options(std::move(the_options)),
        runner(std::move(the_runner)),
        questions(options.question_threads),
        inserts(options.insert_threads) {}

  const HttpFace::Options options;
  const HttpFace::Runner runner;
  std::atomic<int> waiting = 0;
  std::atomic<int> connections = 0;
  std::atomic<std::uint64_t> unsent = 0;  // bytes of answers
  asio::thread_pool questions, inserts;
};

std::expected<EngineQuery, EngineAnswer> read_plainly(const EngineRequest& request) {
  auto query = read_query(request.method, request.target, request.body);
  if (!query) return std::unexpected(exception_answer(kBadArguments, query.error().message));
  return std::move(*query);
}

std::string_view content_type(std::string_view format) {
  if (format.starts_with("JSON")) return "application/json; charset=UTF-8";
  if (format.starts_with("CSV")) return "text/csv; charset=UTF-8";
  if (format.starts_with("RowBinary") || format == "Native" || format == "Parquet")
    return "application/octet-stream";
  return "text/tab-separated-values; charset=UTF-8";
}

// Bytes that are no HTTP, as against a connection that ended.
bool is_bad_request(const boost::beast::error_code& error) {
  return error.category() == make_error_code(http::error::bad_target).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

// One connection: reads a request, has it run, answers, and again.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Stream::socket socket, Pools& pools)
      : socket_(std::move(socket)), pools_(pools), deadline_(socket_.get_executor()) {
    ++pools_.connections;
    // One read takes what the buffer has room for; it would otherwise grow from 512 bytes.
    buffer_.reserve(kReadSize);
    boost::system::error_code ignored;
    if (pools_.options.stall.count() > 0)
      socket_.set_option(asio::socket_base::send_buffer_size(kSendBuffer), ignored);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    release();
    --pools_.connections;
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(pools_.options.max_body);
    parser_->header_limit(pools_.options.max_head);
    lose_patience_in(known_ ? pools_.options.patience : pools_.options.stranger_patience);
    http::async_read_header(socket_, buffer_, *parser_,
                            [self = shared_from_this()](boost::beast::error_code error,
                                                        std::size_t) { self->on_head(error); });
  }

 private:
  using Clock = std::chrono::steady_clock;

  // Closes the connection when what was begun takes longer; 0 is for ever.
  void lose_patience_in(Clock::duration limit) {
    if (limit.count() == 0) return;
    deadline_.expires_after(limit);
    deadline_.async_wait([self = weak_from_this()](boost::system::error_code stopped) {
      const auto session = self.lock();
      boost::system::error_code ignored;
      if (!stopped && session) session->socket_.close(ignored);
    });
  }

  void on_head(boost::beast::error_code error) {
    if (error) return on_read(error);
    known_ = !pools_.options.knows || pools_.options.knows(asked());
    // A stranger's clock runs on.
    if (known_) lose_patience_in(pools_.options.patience);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](boost::beast::error_code failed, std::size_t) {
                       self->on_read(failed);
                     });
  }

  EngineRequest asked() const {
    const auto& request = parser_->get();
    const auto view = [](auto text) { return std::string_view(text.data(), text.size()); };
    return {view(request.method_string()), view(request.target()), request.body(),
            [&request, view](std::string_view name) {
              return view(request[{name.data(), name.size()}]);
            }};
  }

  void on_read(boost::beast::error_code error) {
    deadline_.cancel();
    if (error == http::error::body_limit)
      return answer(exception_answer(kTooLarge, fmt::format("the body is longer than {} bytes",
                                                            pools_.options.max_body)),
                    false);
    if (is_bad_request(error))
      return answer(exception_answer(kBadArguments, error.message()), false);
    if (error) return;
    const bool keep = known_ && parser_->get().keep_alive();
    const EngineRequest request = asked();
    if (request.method != "GET" && request.method != "POST")
      return answer(plain(405, "GET or POST"), keep);
    const std::string_view path = request.target.substr(0, request.target.find('?'));
    if (path == "/ping") return answer(plain(200, "Ok.\n"), keep);
    if (path != "/") return answer(plain(404, "There is only / and /ping\n"), keep);
    auto query = pools_.options.read ? pools_.options.read(request) : read_plainly(request);
    if (!query) return answer(std::move(query).error(), keep);
    if (trim(query->sql).empty()) return answer(plain(200, "Ok.\n"), keep);
    run(std::move(*query), keep);
  }

  // Whether `bytes` more may wait to be read; they do so until release().
  bool hold(std::uint64_t bytes) {
    const std::uint64_t most = pools_.options.max_unsent;
    unsent_ = bytes;
    if (pools_.unsent.fetch_add(bytes) + bytes <= most || most == 0) return true;
    release();
    return false;
  }

  void release() { pools_.unsent.fetch_sub(std::exchange(unsent_, 0)); }

  void run(EngineQuery query, bool keep) {
    if (pools_.waiting.fetch_add(1) >= pools_.options.max_waiting) {
      pools_.waiting.fetch_sub(1);
      return answer(exception_answer(kTooManyQueries, "Too many simultaneous queries"), keep);
    }
    auto& pool = query.has_data ? pools_.inserts : pools_.questions;
    asio::post(pool, [self = shared_from_this(), query = std::move(query), keep] {
      EngineAnswer result = self->pools_.runner(query);
      if (!self->hold(result.body.size()))
        result = exception_answer(kTooManyQueries, "Too many bytes of answers wait to be read");
      if (!query.id.empty()) result.fields.emplace_back("X-ClickHouse-Query-Id", query.id);
      self->pools_.waiting.fetch_sub(1);
      asio::post(self->socket_.get_executor(), [self, keep, result = std::move(result)]() mutable {
        self->answer(std::move(result), keep);
      });
    });
  }

  static EngineAnswer plain(unsigned status, std::string_view text) {
    EngineAnswer answer;
    answer.status = status;
    answer.body = text;
    answer.format = "Text";
    return answer;
  }

  void answer(EngineAnswer result, bool keep) {
    if (result.file) return answer_with_file(result, keep);
    response_.emplace(head_of(result, keep));
    response_->body() = std::move(result.body);
    send(*response_, keep);
  }

  void answer_with_file(const EngineAnswer& result, bool keep) {
    boost::beast::file file;
    // It closes what it is given.
    file.native_handle(::fcntl(result.file->fd(), F_DUPFD_CLOEXEC, 0));
    file_response_.emplace(head_of(result, keep));
    boost::beast::error_code error;
    file_response_->body().reset(std::move(file), error);
    if (error) return answer(exception_answer(kCannotRead, error.message()), keep);
    send(*file_response_, keep);
  }

  static http::response_header<> head_of(const EngineAnswer& result, bool keep) {
    http::response<http::empty_body> head;
    head.result(result.status);
    head.version(11);
    head.keep_alive(keep);
    head.set(http::field::content_type, content_type(result.format));
    head.set("X-ClickHouse-Timezone", "UTC");
    head.set("X-ClickHouse-Format", result.format);
    head.set("X-ClickHouse-Summary", fmt::format(R"({{"read_rows":"{}","read_bytes":"{}"}})",
                                                 result.rows_read, result.bytes_read));
    if (result.exception != 0)
      head.set("X-ClickHouse-Exception-Code", std::to_string(result.exception));
    for (const auto& [name, value] : result.fields) head.set(name, value);
    return std::move(head.base());
  }

  template <class Body>
  void send(http::response<Body>& response, bool keep) {
    response.prepare_payload();
    write(std::make_shared<http::response_serializer<Body>>(response), keep,
          Clock::now() + pools_.options.patience);
  }

  template <class Body>
  void write(std::shared_ptr<http::response_serializer<Body>> rest, bool keep,
             Clock::time_point end) {
    if (pools_.options.patience.count() > 0)
      lose_patience_in(std::clamp<Clock::duration>(end - Clock::now(), Clock::duration(1),
                                                   pools_.options.stall));
    auto& part = *rest;
    http::async_write_some(socket_, part,
                           [self = shared_from_this(), rest = std::move(rest), keep, end](
                               boost::beast::error_code error, std::size_t) mutable {
                             if (!error && !rest->is_done())
                               return self->write(std::move(rest), keep, end);
                             self->deadline_.cancel();
                             self->file_response_.reset();
                             self->response_.reset();
                             self->release();
                             if (error || !keep) return;
                             self->read();
                           });
  }

  Stream::socket socket_;
  Pools& pools_;
  asio::steady_timer deadline_;
  bool known_ = false;
  std::uint64_t unsent_ = 0;  // of pools_.unsent
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> response_;
  std::optional<http::response<http::file_body>> file_response_;
};

}  // namespace

struct HttpFace::State {
  State(Runner runner, Options options) : pools(std::move(runner), std::move(options)) {}

  // Outlives the connections, which are the io_context's.
  Pools pools;
  asio::io_context io{1};
  std::optional<EngineListener> bound;
  asio::signal_set signals{io, SIGTERM, SIGINT};
  asio::steady_timer retry{io};

  void accept() {
    bound->acceptor.async_accept([this](boost::system::error_code error, Stream::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {
        // Out of descriptors, most likely: trying at once would only burn the core.
        log_warn("engine: accept: {}", error.message());
        retry.expires_after(kAcceptPause);
        retry.async_wait([this](boost::system::error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      const int most = pools.options.max_connections;
      if (most == 0 || pools.connections < most)
        std::make_shared<Session>(std::move(socket), pools)->read();
      accept();
    });
  }
};

HttpFace::HttpFace(std::unique_ptr<State> state) : state_(std::move(state)) {}
// What runs posts its answer to a connection, which must still be there.
HttpFace::~HttpFace() { drain(); }

const std::string& HttpFace::address() const { return state_->bound->address; }

Result<std::unique_ptr<HttpFace>> HttpFace::listen(const std::string& address, Runner runner,
                                                   Options options) {
  auto state = std::make_unique<State>(std::move(runner), std::move(options));
  TRY_ASSIGN(EngineListener bound, listen_at(state->io, address));
  state->bound.emplace(std::move(bound));
  return std::unique_ptr<HttpFace>(new HttpFace(std::move(state)));
}

void HttpFace::serve() {
  State& state = *state_;
  state.signals.async_wait([&state](boost::system::error_code, int) {
    state.bound->acceptor.close();
    if (!state.bound->socket_file.empty()) ::unlink(state.bound->socket_file.c_str());
    state.io.stop();
  });
  state.accept();
  state.io.run();
}

void HttpFace::drain() {
  state_->pools.questions.join();
  state_->pools.inserts.join();
}

}  // namespace tally
