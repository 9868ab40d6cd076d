// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"

#include "api/dispatcher.h"
#include "base/log.h"
#include "http/server.h"

namespace tally {
namespace {

// Crockford's base 32: 60 bits in twelve characters that can be read over the telephone.
constexpr std::string_view kIdAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kIdLength = 12;

// Live streams and others: each is a small buffer and a socket.
constexpr std::size_t kMaxConnections = 2'048;

}  // namespace

// In order of need: the listener ends before what it answers from.
struct ApiServer::Parts {
  Parts(ApiDeps deps, StaticFiles files)
      : api(std::move(deps)), dispatcher(api, std::move(files)) {}

  Api api;
  Dispatcher dispatcher;
  std::unique_ptr<HttpServer> http;
};

Result<std::unique_ptr<ApiServer>> ApiServer::listen(const ApiOptions& options, ApiDeps deps) {
  TRY_ASSIGN(StaticFiles files, StaticFiles::load(deps.web_root));
  if (files.empty())
    log_warn("the web console is not built: {} has no files", deps.web_root.string());
  auto parts = std::make_unique<Parts>(std::move(deps), std::move(files));
  Parts& in = *parts;

  HttpServerOptions http;
  http.address = options.address;
  http.port = options.port;
  http.listener = options.listener;
  http.handler_threads = options.handler_threads;
  http.max_connections = kMaxConnections;
  HttpHandlers handlers;
  handlers.handle = [&in](const Request& request) { return in.dispatcher.answer(request); };
  handlers.refuse = [&in](const Refusal& why, const std::string& id) {
    return in.dispatcher.refuse(why, id);
  };
  handlers.max_body = [&in](std::string_view method, std::string_view path) {
    return in.dispatcher.body_limit(method, path);
  };
  handlers.new_id = [&in] { return in.api.deps.random.text(kIdLength, kIdAlphabet); };
  TRY_ASSIGN(in.http, HttpServer::listen(std::move(http), std::move(handlers), in.api.deps.clock));
  return std::unique_ptr<ApiServer>(new ApiServer(std::move(parts)));
}

ApiServer::ApiServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ApiServer::~ApiServer() { stop(); }

std::uint16_t ApiServer::port() const { return parts_->http->port(); }
int ApiServer::listener() const { return parts_->http->listener(); }
void ApiServer::start() { parts_->http->start(); }
void ApiServer::stop() { parts_->http->stop(); }

}  // namespace tally
