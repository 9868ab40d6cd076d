// SPDX-License-Identifier: Apache-2.0
#include "http/pushed_body.h"

namespace tally {

bool PushedBody::push(Piece piece) {
  const std::lock_guard lock(mutex_);
  if (state_ != State::open) return false;
  bytes_ += piece->size();
  waiting_.push_back(std::move(piece));
  if (waiting_.size() > most_pieces_ || bytes_ > most_bytes_) {
    end(State::dropped);
    return false;
  }
  // With more waiting it has been told, and has not come yet.
  if (waiting_.size() == 1 && ready_) ready_();
  return true;
}

void PushedBody::finish() {
  const std::lock_guard lock(mutex_);
  if (state_ == State::open) end(State::finished);
}

void PushedBody::drop() {
  const std::lock_guard lock(mutex_);
  end(State::dropped);
}

void PushedBody::end(State state) {
  state_ = state;
  if (state == State::dropped) {
    waiting_.clear();
    bytes_ = 0;
  }
  if (ready_) ready_();
}

bool PushedBody::is_open() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::open;
}

void PushedBody::when_ready(std::function<void()> ready) {
  const std::lock_guard lock(mutex_);
  ready_ = std::move(ready);
}

PushedBody::State PushedBody::take(std::string& bytes) {
  std::deque<Piece> taken;
  State state;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(waiting_);
    bytes_ = 0;
    state = state_;
  }
  for (const Piece& piece : taken) bytes += *piece;
  return state;
}

}  // namespace tally
