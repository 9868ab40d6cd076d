// SPDX-License-Identifier: Apache-2.0
//
// From a request to an answer and a hit: resolve the name, decide what becomes of it, write the
// response. Pure but for the link table and the clock it is given; it knows nothing of sockets or
// of the journal, so every rule of the links listener is tested here without either.
//
// One per edge thread. A warm request allocates nothing: the hit borrows the request's bytes and
// the link table's, and the response is appended to a buffer that lives as long as its connection.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/request_head.h"
#include "links/link_table.h"
#include "model/hit.h"
#include "redirect/client_address.h"

namespace tally {

// A password form is far smaller, and so is what a page reports about itself.
inline constexpr std::size_t kMaxEdgeBody = 16 * 1024;

// A check that takes too long for this thread: does `attempt` fit the Argon2id text `hash`?
struct PasswordQuestion {
  std::string_view hash, attempt;
};

enum class PasswordVerdict : std::uint8_t { not_asked, right, wrong };

class Responder {
 public:
  struct Answer {
    bool record = false;  // `hit` is to be journalled before the answer may leave
    bool close = false;   // the connection ends after this answer
    // Set: there is no answer yet, nothing was appended and nothing is recorded. The caller finds
    // out and calls answer() again with the same request and the verdict.
    std::optional<PasswordQuestion> ask;
    HitView hit;  // borrows the request, the table and this responder's scratch
  };

  // Requests that resolve to no link belong to `home`, the workspace of the default domain.
  Responder(const LiveLinkTable& table, const TrustedProxies& proxies, WorkspaceId home)
      : live_(table), proxies_(proxies), home_(home), table_(table.current()) {}

  // Takes up edits of links and the time of a new loop turn.
  void begin_turn(UnixMillis now);

  // Appends the whole response to `out`, or asks. `body` is the request's, decoded, at most
  // kMaxEdgeBody bytes; "" when it has none.
  Answer answer(const RequestHead& head, std::string_view body, const Address& peer,
                std::string& out, PasswordVerdict verdict = PasswordVerdict::not_asked);

  // The answer to a request whose question nobody has time for: 503.
  void busy(const RequestHead& head, std::string& out);

  // A request that could not be read: `status` and why. The connection must be closed after it.
  void refuse(int status, std::string_view reason, std::string& out);

  UnixMillis now() const { return now_; }

 private:
  struct Path {
    bool good_escapes = true;
    bool plausible = true;  // at most two parts, no empty ones
    std::string_view prefix, token;
  };
  Path split_path(std::string_view path);
  void answer_reserved(std::string_view prefix, const RequestHead& head, std::string& out);
  void answer_link(const EdgeLink& link, const RequestHead& head, HitView& hit, std::string& out);

  void redirect(std::string_view location, const RequestHead& head, std::string& out);
  void page(std::string_view status_line, std::string_view type, std::string_view body,
            std::string_view extra, const RequestHead& head, std::string& out);
  void end_head(const RequestHead& head, std::string& out) const;
  std::string_view date();

  const LiveLinkTable& live_;
  const TrustedProxies& proxies_;
  const WorkspaceId home_;
  std::shared_ptr<const LinkTable> table_;
  std::uint64_t table_version_ = 0;
  UnixMillis now_ = 0;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::string decoded_path_;
  std::string domain_;
};

}  // namespace tally
