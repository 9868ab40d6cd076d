// SPDX-License-Identifier: Apache-2.0
//
// The click stores that tests run on, each started once for the whole program in a temporary folder
// and ended with it. Nothing is skipped: a store that cannot be started fails its tests.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "clicks/click_store.h"
#include "clicks/dialect.h"
#include "http/client.h"

namespace tally {

class TestStore {
 public:
  virtual ~TestStore() = default;
  virtual Dialect dialect() const = 0;
  virtual ClickStoreOptions options() const = 0;
};

// "engine" or "clickhouse_18_16".
inline constexpr std::string_view kTestStores[] = {"engine", "clickhouse_18_16"};

// The running store of that name, migrated; stops the program when it does not come up.
TestStore& test_store(std::string_view name);
ClickStore& click_store(std::string_view name);
HttpClient& http_client();

// A workspace that no other test has.
WorkspaceId fresh_workspace();

// TALLYMARK_ENGINE_BINARY.
std::string engine_binary();

// A folder that is removed with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  std::string path(std::string_view below = {}) const;

 private:
  std::filesystem::path path_;
};

}  // namespace tally
