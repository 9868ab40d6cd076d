// SPDX-License-Identifier: Apache-2.0
#include "redirect/visitor_reader.h"

#include <sodium.h>

#include "base/log.h"
#include "enrich/client_hints.h"
#include "enrich/language.h"
#include "enrich/visitor.h"

namespace tally {
namespace {

constexpr unsigned kAgent = 1, kDevice = 2, kPlace = 4, kLanguage = 8, kVisitor = 16;
// Enough for the people of one thread; enrichment, which sees all of them, remembers more.
constexpr std::size_t kAgentsRemembered = 1024;

}  // namespace

VisitorReader::VisitorReader(const VisitorSources& sources) : sources_(sources) {}

VisitorReader::~VisitorReader() { forget_salt(); }

void VisitorReader::forget_salt() {
  ::sodium_memzero(salt_.data(), salt_.size());
  salt_until_ = 0;
}

bool VisitorReader::first_time(unsigned fact) {
  const bool first = (known_ & fact) == 0;
  known_ |= fact;
  return first;
}

const AgentFacts& VisitorReader::agent() {
  if (!first_time(kAgent)) return *agent_;
  agent_ = &no_facts_;
  if (sources_.data == nullptr) return *agent_;
  if (!rules_) {
    rules_.emplace(sources_.data->agents());
    if (rules_->shared())
      agents_ = std::make_unique<AgentReader>(rules_->shared(), kAgentsRemembered);
  } else if (agents_ && rules_->refresh()) {
    agents_->use(rules_->shared());
  }
  if (agents_) agent_ = &agents_->read(hit_->user_agent);
  return *agent_;
}

Device VisitorReader::device() {
  if (first_time(kDevice)) {
    const AgentFacts& facts = agent();
    device_ = agents_ ? device_with_hints(*hit_, agents_->rules(), facts.platform, facts.device)
                      : facts.device;
  }
  return device_;
}

const Place& VisitorReader::place() {
  if (!first_time(kPlace)) return *place_;
  place_ = &no_place_;
  if (sources_.data == nullptr) return *place_;
  if (!databases_) {
    databases_.emplace(sources_.data->geo());
    geo_ = std::make_unique<GeoReader>(databases_->shared());
  } else if (databases_->refresh()) {
    geo_->use(databases_->shared());
  }
  place_ = &geo_->find(address_to_use(*hit_, sources_.signals));
  return *place_;
}

std::string_view VisitorReader::language() {
  if (first_time(kLanguage)) {
    language_ = language_of(hit_->accept_language);
    language_ = language_ == "Unknown" ? "" : language_.substr(0, language_.find('-'));
  }
  return language_;
}

const Salt& VisitorReader::salt() {
  if (salt_until_ != 0) return salt_;
  const auto salt = sources_.salt_of(hit_->time);
  if (salt) {
    salt_ = *salt;
    salt_until_ = (hit_->time / kMillisPerDay + 1) * kMillisPerDay;
  } else {
    // Somebody must be sent somewhere all the same: for a minute visitors are told apart by a salt
    // of this thread's own.
    log_error("visitor salt: {}", salt.error().line());
    ::randombytes_buf(salt_.data(), salt_.size());
    salt_until_ = hit_->time + kMillisPerMinute;
  }
  return salt_;
}

std::uint64_t VisitorReader::visitor() {
  if (first_time(kVisitor)) {
    visitor_ = visitor_of(salt(), hit_->workspace, address_to_use(*hit_, sources_.signals),
                          hit_->user_agent);
  }
  return visitor_;
}

}  // namespace tally
