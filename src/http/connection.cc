// SPDX-License-Identifier: Apache-2.0
#include "http/connection.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>

#include <exception>
#include <tuple>

#include "base/log.h"
#include "http/chunked_body.h"
#include "http/response_bytes.h"

namespace tally {
namespace {

namespace asio = boost::asio;
using asio::experimental::awaitable_operators::operator&&;
using boost::system::error_code;

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kLingerBytes = 64 * 1024 * 1024;
constexpr std::chrono::milliseconds kLingerTime{2'000};
constexpr Refusal kSlow{408, "request_timeout", "the request took too long to arrive"};
constexpr Refusal kBodyTooLarge{413, "too_large", "the body is too large"};
constexpr Refusal kManyLarge{503, "unavailable",
                             "too many large requests at once: try again in a moment"};
constexpr Refusal kBroken{500, "internal", "something went wrong here; the log has the request id"};

Request to_request(const RequestHead& head, std::string peer, std::string id) {
  Request out;
  out.method = head.method;
  out.path = head.path();
  out.query = head.query();
  for (std::size_t i = 0; i < head.field_count; ++i)
    out.fields.push_back({std::string(head.fields[i].name), std::string(head.fields[i].value)});
  out.peer = std::move(peer);
  out.id = std::move(id);
  return out;
}

Response call(const HttpHandlers& handlers, const Request& request) {
  try {
    return handlers.handle(request);
  } catch (const std::exception& error) {
    log_error("request {} {} {}: {}", request.id, request.method, request.path, error.what());
  }
  return handlers.refuse(kBroken, request.id);
}

// One turn of a producer.
struct Made {
  std::string chunk;
  bool more = false;
  bool sound = false;
  BodyProducer produce;
};

Made make(const BodyProducer& produce) {
  Made out;
  try {
    const Result<bool> more = produce(out.chunk);
    out.sound = more.has_value();
    out.more = more.value_or(false);
    if (!more) log_error("an answer was cut off: {}", more.error().line());
  } catch (const std::exception& error) {
    out.sound = false;
    log_error("an answer was cut off: {}", error.what());
  }
  return out;
}

// Has `job` run by the pool while the coroutine waits on `back`.
template <class T, class Job>
asio::awaitable<T> on_pool(asio::thread_pool& pool, asio::any_io_executor back, Job job) {
  auto begin = [&pool, back = std::move(back), job = std::move(job)](auto done) mutable {
    asio::post(pool, [back, job = std::move(job), done = std::move(done)]() mutable {
      T result = job();
      asio::post(back, [done = std::move(done), result = std::move(result)]() mutable {
        std::move(done)(std::move(result));
      });
    });
  };
  T result = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(
      std::move(begin), asio::use_awaitable);
  co_return result;
}

// The producer goes with the job and comes back with what it made.
asio::awaitable<Made> make_more(asio::thread_pool& pool, asio::any_io_executor back,
                                BodyProducer produce) {
  auto job = [produce = std::move(produce)]() mutable {
    Made made = make(produce);
    made.produce = std::move(produce);
    return made;
  };
  Made made = co_await on_pool<Made>(pool, std::move(back), std::move(job));
  co_return made;
}

// While it is there somebody reads the body. A connection may end in the middle of a wait.
class PushedReader {
 public:
  explicit PushedReader(PushedBody& body) : body_(body) {}
  PushedReader(const PushedReader&) = delete;
  PushedReader& operator=(const PushedReader&) = delete;
  ~PushedReader() {
    body_.when_ready({});
    body_.drop();
  }

 private:
  PushedBody& body_;
};

std::string peer_text(const asio::ip::tcp::socket& socket) {
  error_code error;
  auto address = socket.remote_endpoint(error).address();
  if (error) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return address.to_string();
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, asio::thread_pool& pool,
                       const HttpServerOptions& options, const HttpHandlers& handlers,
                       const Clock& clock, LargeBodies& large_bodies)
    : socket_(std::move(socket)),
      pool_(pool),
      options_(options),
      handlers_(handlers),
      clock_(clock),
      large_bodies_(large_bodies),
      timer_(socket_.get_executor()),
      peer_(peer_text(socket_)) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

asio::awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  bool more = true;
  while (more && !finishing_) more = co_await serve_one();
  disarm();
  error_code ignored;
  socket_.close(ignored);
}

void Connection::finish_soon() {
  finishing_ = true;
  if (idle_) socket_.cancel();
  if (const auto body = pushed_.lock()) body->finish();
}

asio::awaitable<bool> Connection::serve_one() {
  RequestHead head;
  std::size_t head_size = 0;
  const bool has_head = co_await read_head(head, head_size);
  if (!has_head) co_return false;
  Request request = to_request(head, peer_, handlers_.new_id());
  // From here on `head` must not be used for text: reading the body moves the buffer.
  const bool head_only = head.method == "HEAD";
  bool keep_alive = head.keep_alive;
  LargeBodies::Turn turn;
  const bool complete = co_await read_body(head, head_size, request.body, turn);
  if (!complete) co_return false;

  const std::string id = request.id;
  Response response = co_await handle(std::move(request));
  // To a client of HTTP/1.0 the end of the connection is the end of such a body.
  const bool streamed = response.more != nullptr || response.pushed != nullptr;
  if (finishing_ || (streamed && head.is_1_0)) keep_alive = false;
  const Sending sending{id, clock_.now_ms(), head_only, keep_alive, streamed && !head.is_1_0};
  const bool written = co_await write(to_bytes(response, sending));
  if (streamed && (!written || head_only)) {
    if (response.pushed) response.pushed->drop();
    let_go(std::move(response.more));
  }
  if (written && streamed && !head_only) {
    bool ended = false;
    if (response.pushed) {
      ended = co_await write_pushed(std::move(response.pushed), sending.chunked);
    } else {
      ended = co_await write_rest(std::move(response.more), sending.chunked);
    }
    if (!ended) {
      reset();
      co_return false;
    }
  }
  if (written && !keep_alive) co_await linger();
  co_return written&& keep_alive;
}

asio::awaitable<bool> Connection::read_head(RequestHead& head, std::size_t& size) {
  HeadScanner scanner;
  Refusal why;
  idle_ = buffer_.empty();
  arm(idle_ ? options_.idle_deadline : options_.head_deadline);
  while ((size = scanner.find_end(buffer_, why)) == 0 && !why) {
    const bool received = co_await read_more();
    if (!received) {
      if (timed_out_ && !idle_) co_await refuse(kSlow);
      co_return false;
    }
    // The deadline counts from the first byte and is not moved by later ones.
    if (idle_) arm(options_.head_deadline);
    idle_ = false;
  }
  disarm();
  if (!why) why = parse_head(std::string_view(buffer_).substr(0, size), head);
  if (why) co_await refuse(why);
  co_return !why;
}

asio::awaitable<bool> Connection::read_body(const RequestHead& head, std::size_t head_size,
                                            std::string& body, LargeBodies::Turn& turn) {
  const bool chunked = head.chunked;
  const std::uint64_t length = head.content_length;
  const bool ask = head.expects_continue && (chunked || length > 0);
  std::size_t limit = options_.max_body;
  if (handlers_.max_body && (chunked || length > limit))
    limit = handlers_.max_body(head.method, head.path());
  if (length > limit) {
    co_await refuse(kBodyTooLarge);
    co_return false;
  }
  if (length > options_.max_body || (chunked && limit > options_.max_body)) {
    turn = large_bodies_.take();
    if (!turn) {
      co_await refuse(kManyLarge);
      co_return false;
    }
  }
  buffer_.erase(0, head_size);
  if (ask && buffer_.empty()) {
    const bool asked = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
    if (!asked) co_return false;
  }
  arm(options_.body_deadline);
  bool complete = false;
  if (chunked) {
    complete = co_await read_chunked(limit, body);
  } else {
    complete = co_await read_sized(length, body);
  }
  disarm();
  co_return complete;
}

asio::awaitable<bool> Connection::read_sized(std::size_t size, std::string& body) {
  while (buffer_.size() < size) {
    const bool received = co_await read_more();
    if (received) continue;
    if (timed_out_) co_await refuse(kSlow);
    co_return false;
  }
  body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  co_return true;
}

asio::awaitable<bool> Connection::read_chunked(std::size_t limit, std::string& body) {
  ChunkedBody chunks(limit);
  for (;;) {
    Refusal why;
    std::string_view rest = buffer_;
    const bool complete = chunks.feed(rest, why);
    buffer_.erase(0, buffer_.size() - rest.size());
    if (why) {
      co_await refuse(why);
      co_return false;
    }
    if (complete) {
      body = std::move(chunks.body());
      co_return true;
    }
    const bool received = co_await read_more();
    if (received) continue;
    if (timed_out_) co_await refuse(kSlow);
    co_return false;
  }
}

asio::awaitable<bool> Connection::read_more() {
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kReadSize);
  error_code error;
  const std::size_t count =
      co_await socket_.async_read_some(asio::buffer(buffer_.data() + before, kReadSize),
                                       asio::redirect_error(asio::use_awaitable, error));
  buffer_.resize(before + (error ? 0 : count));
  co_return !error;
}

asio::awaitable<Response> Connection::handle(Request request) {
  // The job holds nothing of this connection, so that the pool never is the last to let go of it.
  auto job = [&handlers = handlers_, request = std::move(request)] {
    return call(handlers, request);
  };
  Response response = co_await on_pool<Response>(pool_, socket_.get_executor(), std::move(job));
  co_return response;
}

// A chunk is made while the one before it is sent.
asio::awaitable<bool> Connection::write_rest(BodyProducer produce, bool chunked) {
  const auto back = socket_.get_executor();
  Made made = co_await make_more(pool_, back, std::move(produce));
  bool written = true;
  while (made.sound && written) {
    std::string bytes =
        chunked && !made.chunk.empty() ? chunk_of(made.chunk) : std::move(made.chunk);
    if (!made.more) {
      written = co_await write(std::move(bytes));
      break;
    }
    std::tie(made, written) =
        co_await (make_more(pool_, back, std::move(made.produce)) && write(std::move(bytes)));
  }
  let_go(std::move(made.produce));
  const bool sound = made.sound && written;
  if (!sound || !chunked) co_return sound;
  const bool ended = co_await write("0\r\n\r\n");
  co_return ended;
}

// Told from any thread, the waiting timer is cancelled on this one: between taking and waiting
// nothing can be missed.
asio::awaitable<bool> Connection::write_pushed(std::shared_ptr<PushedBody> body, bool chunked) {
  const auto back = socket_.get_executor();
  const auto bell =
      std::make_shared<asio::steady_timer>(back, asio::steady_timer::time_point::max());
  const PushedReader reader(*body);
  body->when_ready([back, bell] { asio::post(back, [bell] { bell->cancel(); }); });
  pushed_ = body;
  if (finishing_) body->finish();
  auto state = PushedBody::State::open;
  bool written = true;
  while (written && state == PushedBody::State::open) {
    std::string bytes;
    state = body->take(bytes);
    if (!bytes.empty()) {
      if (chunked) bytes = chunk_of(bytes);
      written = co_await write(std::move(bytes));
    } else if (state == PushedBody::State::open) {
      error_code ignored;
      co_await bell->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }
  if (!written || state == PushedBody::State::dropped) co_return false;
  if (!chunked) co_return true;
  const bool ended = co_await write("0\r\n\r\n");
  co_return ended;
}

// What a producer holds may take a while to end.
void Connection::let_go(BodyProducer produce) {
  asio::post(pool_, [produce = std::move(produce)] {});
}

// The client sees an error instead of an end.
void Connection::reset() {
  error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
}

asio::awaitable<bool> Connection::write(std::string bytes) {
  arm(options_.write_deadline);
  error_code error;
  co_await asio::async_write(socket_, asio::buffer(bytes),
                             asio::redirect_error(asio::use_awaitable, error));
  disarm();
  co_return !error;
}

asio::awaitable<void> Connection::refuse(Refusal why) {
  disarm();
  const std::string id = handlers_.new_id();
  log_info("request {} from {} refused: {} {} ({})", id, peer_, why.status, why.code, why.detail);
  const Sending sending{id, clock_.now_ms(), false, false};
  const bool written = co_await write(to_bytes(handlers_.refuse(why, id), sending));
  if (written) co_await linger();
}

// Closing a socket that still has unread bytes resets the connection, and the client may lose our
// last answer. So we say that we are done and read, for a moment, what was on its way.
asio::awaitable<void> Connection::linger() {
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  arm(kLingerTime);
  for (std::size_t read = 0; read < kLingerBytes; read += buffer_.size()) {
    buffer_.clear();
    const bool received = co_await read_more();
    if (!received) break;
  }
  disarm();
}

void Connection::arm(std::chrono::milliseconds time) {
  timed_out_ = false;
  const std::uint64_t mine = ++armed_;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), mine](error_code error) {
    if (error || self->armed_ != mine) return;
    self->timed_out_ = true;
    self->socket_.cancel();
  });
}

void Connection::disarm() {
  ++armed_;
  timer_.cancel();
}

}  // namespace tally
