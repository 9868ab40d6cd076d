// SPDX-License-Identifier: Apache-2.0
#include "server/read_port.h"

#include "base/log.h"
#include "server/parts.h"

namespace tally {

Result<void> check_read_port(const Settings& settings) {
  if (!settings.read_listen) return {};
  if (!settings.clicks_url.empty())
    return fail(ErrorCode::invalid,
                "clicks.read_listen is for the embedded engine, and clicks.url names another one",
                "make a user there that may read stats.clicks: docs/guides/clickhouse.md");
  if (settings.read_token.empty())
    return fail(ErrorCode::invalid, "clicks.read_listen needs clicks.read_token",
                "say one of at least 32 characters: `openssl rand -hex 32` makes one");
  return {};
}

Result<Socket> open_read_port(const Settings& settings) {
  if (!settings.read_listen) return Socket();
  TRY_ASSIGN(Listening listening,
             listen_shared(settings.read_listen->address, settings.read_listen->port, 1));
  log_info("read port at {}", url_of(settings.read_listen->address, listening.port));
  return std::move(listening.sockets.front());
}

}  // namespace tally
