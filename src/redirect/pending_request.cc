// SPDX-License-Identifier: Apache-2.0
#include "redirect/pending_request.h"

#include <algorithm>

namespace tally {

void PendingRequest::begin_body(std::string_view head_bytes, const RequestHead& head,
                                std::size_t limit, Refusal& why) {
  if (head.content_length > limit) {
    why = {413, "too_large", "the body is too large"};
    return;
  }
  head_ = head_bytes;
  body_.clear();
  left_ = head.content_length;
  if (head.chunked) chunks_.emplace(limit);
  reading_body_ = true;
}

bool PendingRequest::take_body(std::string_view& fresh, Refusal& why) {
  bool complete = false;
  if (chunks_) {
    complete = chunks_->feed(fresh, why);
    if (complete) body_ = std::move(chunks_->body());
  } else {
    const std::size_t count = std::min<std::uint64_t>(left_, fresh.size());
    body_.append(fresh.substr(0, count));
    fresh.remove_prefix(count);
    left_ -= count;
    complete = left_ == 0;
  }
  if (complete) reading_body_ = false;
  return complete;
}

void PendingRequest::keep(std::string_view head_bytes, std::string_view body_bytes) {
  head_ = head_bytes;
  body_ = body_bytes;
}

void PendingRequest::forget() {
  head_.clear();
  body_.clear();
  chunks_.reset();
  reading_body_ = false;
}

std::string PendingRequest::as_received() const {
  if (!reading_body_) return bytes;
  return head_ + (chunks_ ? chunks_->as_received() : body_) + bytes;
}

}  // namespace tally
