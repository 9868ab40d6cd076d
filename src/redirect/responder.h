// SPDX-License-Identifier: Apache-2.0
//
// From a request to an answer and a hit: resolve the name, decide what becomes of it, write the
// response. It knows nothing of sockets or of the journal, so every rule of the links listener is
// tested here without either. What the words mean is in docs/reference/semantics.md.
//
//   request -> domain, path -> link -> open? -> password? -> limit? -> destination -> answer, hit
//
// A link that has nothing but a name and a destination takes the short way: one probe of the table,
// one test of its flags, three copies. A warm request of that kind allocates nothing: the hit
// borrows the request's bytes and the link table's, and the response is appended to a buffer that
// the loop lends.
//
// One per edge thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/request_head.h"
#include "links/link_table.h"
#include "model/click_id.h"
#include "model/click_limits.h"
#include "model/hit.h"
#include "redirect/client_address.h"
#include "redirect/conversion_worker.h"
#include "redirect/destination.h"
#include "redirect/pages.h"
#include "redirect/path.h"
#include "redirect/response.h"
#include "redirect/source_limiter.h"
#include "redirect/visitor_reader.h"

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
  // All but `shard` is shared by the edge threads.
  struct Deps {
    const LiveLinkTable& links;
    const TrustedProxies& proxies;
    const VisitorSources& visitors;
    ClickLimits& limits;
    SourceLimits& sources;
    const ClickIdCodec& click_ids;
    ClickKey shard;  // that this thread's hits go to
  };

  struct Answer {
    bool record = false;  // `hit` is to be journalled before the answer may leave
    bool close = false;   // the connection ends after this answer
    bool bad_beacon = false;
    // Set: there is no answer yet, nothing was appended and nothing is recorded. The caller finds
    // out and calls answer() again with the same request and the verdict.
    std::optional<PasswordQuestion> ask;
    // Likewise: the request's body tells of a conversion, and the answer is conversion_reply().
    bool tells = false;
    HitView hit;  // borrows the request, the table and this responder's scratch
  };

  explicit Responder(const Deps& deps);

  // Takes up edits of links and the time of a new loop turn.
  void begin_turn(UnixMillis now);
  // The number that the next recorded hit will have in its shard.
  void number_next(std::uint64_t n) { next_n_ = n; }

  // Appends the whole response to `out`, or asks. `body` is the request's, decoded, at most
  // kMaxEdgeBody bytes; "" when it has none.
  Answer answer(const RequestHead& head, std::string_view body, const Address& peer,
                std::string& out, PasswordVerdict verdict = PasswordVerdict::not_asked);

  // The answer to a request that told of a conversion.
  void conversion_reply(const RequestHead& head, const ConversionReply& reply, std::string& out);

  // The answer to a request whose question nobody has time for: 503.
  void busy(const RequestHead& head, std::string& out);

  // A request that could not be read: `status` and why. The connection must be closed after it.
  void refuse(int status, std::string_view reason, std::string& out);

  UnixMillis now() const { return now_; }

 private:
  // One request on its way to an answer.
  struct Request {
    const RequestHead& head;
    std::string_view body;
    PasswordVerdict verdict;
    Answer& answer;
    std::string& out;
    bool is_head = false, is_post = false;
  };
  // Where a path led in the table.
  struct Found {
    EdgeLink link;
    std::string_view token;  // as asked; of a pattern what it matched
    bool preview = false;    // the path ends in a '+' that is not part of the name
  };

  void take_request(const Address& peer, Request& request);
  bool find(DomainNumber domain, const LinkPath& path, Found& out) const;
  void answer_unknown(const EdgeDomain* domain, Request& request);
  void answer_reserved(const LinkPath& path, Request& request);
  void answer_beacon(Request& request);
  void answer_conversion(Request& request);
  bool is_post_from_anywhere(Request& request);
  void method_not_allowed(std::string_view allow, Request& request);
  void too_many(std::string_view text, Request& request);

  // In responder_link.cc.
  void answer_link(const Found& found, Request& request);
  void answer_decided(const Found& found, const EdgeLinkMore& more, Request& request);
  bool pass_password(const EdgeLinkMore& more, Request& request);
  void answer_closed(Outcome outcome, const EdgeLinkMore& more, Request& request);
  void answer_preview(const Found& found, const EdgeLinkMore& more, Request& request);
  void send_on(const Found& found, const EdgeLinkMore& more, Request& request);
  std::string_view finished_location(std::string_view packed, const Found& found,
                                     const Request& request, std::string_view click_id);

  const Deps deps_;
  std::shared_ptr<const LinkTable> table_;
  std::uint64_t table_version_ = 0;
  UnixMillis now_ = 0;
  std::uint64_t next_n_ = 0;
  ResponseWriter response_;
  const Pages pages_;
  VisitorReader visitor_;
  DestinationChooser chooser_;
  // Scratch that answers borrow.
  std::string decoded_path_;
  std::string domain_;
  std::string location_;
  std::string click_id_;
  std::string attempt_;
};

}  // namespace tally
