// SPDX-License-Identifier: Apache-2.0
//
// The composition root: the one place that names concrete stores and wires the parts together.
//
// Members are in the order of need. Shutdown goes the way of a click: the console first, then the
// edge (whose last answers leave), then enrichment and shipping take in what it wrote, then the
// engine. Links answer before the click store is up, and go on when it is not.
#pragma once

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
  // Everything up and answering, or the first thing that is wrong.
  static Result<std::unique_ptr<App>> start(const Settings& settings);
  ~App();

  const AppAddresses& addresses() const;

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tally
