// SPDX-License-Identifier: Apache-2.0
//
// The composition root: the one place that names concrete stores and wires the parts together.
//
// Members are in the order of need. Shutdown goes the way of a click: the console first, then the
// edge (whose last answers leave), then enrichment and shipping take in what it wrote, then the
// engine. Links answer before the click store is up, and go on when it is not. A hand-over to a new
// process (hand_over.h) takes the edge out of that order: it is the last to go.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/settings.h"

namespace tally {

struct AppAddresses {
  std::string links;  // "http://127.0.0.1:8080"
  std::string console;
  std::string setup_url;  // to make the first admin; "" when there is one
};

class App {
 public:
  // Everything up and answering, or the first thing that is wrong. `hand_over_wanted` is called,
  // from some thread, when a new process is ready to take this one's place.
  static Result<std::unique_ptr<App>> start(const Settings& settings,
                                            std::function<void()> hand_over_wanted);
  ~App();

  // Hands everything over to the process that asked for it (hand_over.h); this one then answers
  // nothing and writes nothing any more. False when there is no such process, or it went away: this
  // one goes on. An error leaves nobody in charge.
  Result<bool> hand_over();

  // Takes up what has changed on disk: certificate, rules, geo database. `anyway`: even when it
  // looks the same.
  void refresh(bool anyway);

  const AppAddresses& addresses() const;

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tally
