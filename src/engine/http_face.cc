// SPDX-License-Identifier: Apache-2.0
#include "engine/http_face.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/file.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/http/file_body.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>

#include "base/log.h"
#include "base/text.h"

namespace tally {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Stream = asio::generic::stream_protocol;

constexpr std::size_t kQuestionThreads = 3, kInsertThreads = 2;
constexpr int kMaxWaiting = 64;
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::uint64_t kMaxBody = 1u << 30;
constexpr std::size_t kReadSize = 64u << 10;
constexpr std::uint32_t kMaxHead = 1u << 20;  // a query may stand in the URL
constexpr int kTooManyQueries = 202, kBadArguments = 36, kTooLarge = 307, kCannotRead = 74;
// Running queries may end; what is still running then is cut off by the clock of the kernel, which
// is no worse than a crash and those are harmless.
constexpr unsigned kDrainSeconds = 8;

struct Pools {
  asio::thread_pool questions{kQuestionThreads};
  asio::thread_pool inserts{kInsertThreads};
  std::atomic<int> waiting = 0;
  HttpFace::Runner runner;
};

std::string_view content_type(std::string_view format) {
  if (format.starts_with("JSON")) return "application/json; charset=UTF-8";
  if (format.starts_with("CSV")) return "text/csv; charset=UTF-8";
  if (format == "RowBinary" || format == "Native" || format == "Parquet")
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
  Session(Stream::socket socket, Pools& pools) : socket_(std::move(socket)), pools_(pools) {
    // One read takes what the buffer has room for; it would otherwise grow from 512 bytes.
    buffer_.reserve(kReadSize);
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(kMaxBody);
    parser_->header_limit(kMaxHead);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](boost::beast::error_code error, std::size_t) {
                       self->on_read(error);
                     });
  }

 private:
  void on_read(boost::beast::error_code error) {
    if (error == http::error::body_limit)
      return answer(exception_answer(kTooLarge, "the body is longer than 1 GiB"), false);
    if (is_bad_request(error))
      return answer(exception_answer(kBadArguments, error.message()), false);
    if (error) return;
    const auto& request = parser_->get();
    const bool keep = request.keep_alive();
    const std::string_view target(request.target().data(), request.target().size());
    const std::string_view method(request.method_string().data(), request.method_string().size());
    if (method != "GET" && method != "POST") return answer(plain(405, "GET or POST"), keep);
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/ping") return answer(plain(200, "Ok.\n"), keep);
    if (path != "/") return answer(plain(404, "There is only / and /ping\n"), keep);
    auto query = read_query(method, target, request.body());
    if (!query) return answer(exception_answer(kBadArguments, query.error().message), keep);
    if (trim(query->sql).empty()) return answer(plain(200, "Ok.\n"), keep);
    run(std::move(*query), keep);
  }

  void run(EngineQuery query, bool keep) {
    if (pools_.waiting.fetch_add(1) >= kMaxWaiting) {
      pools_.waiting.fetch_sub(1);
      return answer(exception_answer(kTooManyQueries, "Too many simultaneous queries"), keep);
    }
    auto& pool = query.has_data ? pools_.inserts : pools_.questions;
    asio::post(pool, [self = shared_from_this(), query = std::move(query), keep] {
      EngineAnswer result = self->pools_.runner(query);
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
    return std::move(head.base());
  }

  template <class Body>
  void send(http::response<Body>& response, bool keep) {
    response.prepare_payload();
    http::async_write(
        socket_, response,
        [self = shared_from_this(), keep](boost::beast::error_code error, std::size_t) {
          self->file_response_.reset();
          if (error || !keep) return;
          self->read();
        });
  }

  Stream::socket socket_;
  Pools& pools_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> response_;
  std::optional<http::response<http::file_body>> file_response_;
};

struct Bound {
  asio::basic_socket_acceptor<Stream> acceptor;
  std::string address;
  std::string socket_file;
};

std::unexpected<Error> cannot_listen(const std::string& address, std::string_view reason) {
  return fail(ErrorCode::unavailable, "listen on '" + address + "': " + std::string(reason));
}

// A file left by a process that died would keep the name taken. One that answers is in use.
Result<void> clear_stale_socket(asio::io_context& io, const std::string& path,
                                const std::string& address) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) return cannot_listen(address, "there is a file of that name");
  asio::local::stream_protocol::socket probe(io);
  boost::system::error_code error;
  probe.connect(asio::local::stream_protocol::endpoint(path), error);
  if (!error) return cannot_listen(address, "another process listens there");
  ::unlink(path.c_str());
  return {};
}

Result<Bound> bind(asio::io_context& io, const std::string& address) {
  asio::basic_socket_acceptor<Stream> acceptor(io);
  boost::system::error_code error;
  std::string socket_file, shown = address;
  Stream::endpoint endpoint;
  if (address.starts_with("unix:")) {
    socket_file = address.substr(5);
    if (socket_file.empty() || socket_file.size() >= sizeof(sockaddr_un::sun_path))
      return cannot_listen(address, "a socket's path has 1 to 107 bytes");
    TRY(clear_stale_socket(io, socket_file, address));
    endpoint = asio::local::stream_protocol::endpoint(socket_file);
  } else {
    const auto colon = address.rfind(':');
    std::string host = colon == std::string::npos ? "" : address.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const auto ip = asio::ip::make_address(host, error);
    const auto port = parse_number<std::uint16_t>(
        std::string_view(address).substr(colon == std::string::npos ? address.size() : colon + 1));
    if (error || !port) return cannot_listen(address, "say unix:PATH or ADDRESS:PORT");
    endpoint = asio::ip::tcp::endpoint(ip, *port);
  }
  acceptor.open(endpoint.protocol(), error);
  if (!error && socket_file.empty())
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot_listen(address, error.message());
  if (socket_file.empty()) {
    asio::ip::tcp::endpoint real;
    const auto local = acceptor.local_endpoint();
    std::memcpy(real.data(), local.data(), local.size());
    shown = address.substr(0, address.rfind(':') + 1) + std::to_string(real.port());
  }
  return Bound{std::move(acceptor), shown, socket_file};
}

}  // namespace

struct HttpFace::State {
  asio::io_context io{1};
  std::optional<Bound> bound;
  Pools pools;
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
      std::make_shared<Session>(std::move(socket), pools)->read();
      accept();
    });
  }
};

HttpFace::HttpFace(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpFace::~HttpFace() = default;

const std::string& HttpFace::address() const { return state_->bound->address; }

Result<std::unique_ptr<HttpFace>> HttpFace::listen(const std::string& address, Runner runner) {
  auto state = std::make_unique<State>();
  TRY_ASSIGN(Bound bound, bind(state->io, address));
  state->bound.emplace(std::move(bound));
  state->pools.runner = std::move(runner);
  return std::unique_ptr<HttpFace>(new HttpFace(std::move(state)));
}

void HttpFace::serve() {
  State& state = *state_;
  state.signals.async_wait([&state](boost::system::error_code, int) {
    ::alarm(kDrainSeconds);
    state.bound->acceptor.close();
    if (!state.bound->socket_file.empty()) ::unlink(state.bound->socket_file.c_str());
    state.io.stop();
  });
  state.accept();
  state.io.run();
  state.pools.questions.join();
  state.pools.inserts.join();
  ::alarm(0);
}

}  // namespace tally
