// SPDX-License-Identifier: Apache-2.0
#include "engine/library.h"

#include <dlfcn.h>
#include <unistd.h>

namespace tally {
namespace {

template <class Function>
Result<void> find(void* library, const char* name, Function*& out) {
  out = reinterpret_cast<Function*>(::dlsym(library, name));
  if (out == nullptr)
    return fail(ErrorCode::unavailable,
                std::string("the embedded ClickHouse library has no function ") + name,
                "install the version that the project's lock file names");
  return {};
}

Result<chdb::Api> load(const std::string& file) {
  if (::access(file.c_str(), R_OK) != 0)
    return fail(ErrorCode::unavailable, "no embedded ClickHouse library at '" + file + "'",
                "run ./dev setup, or name it with --library or TALLYMARK_ENGINE_LIBRARY");
  // Never closed: the library leaves threads behind, and the process ends right after it.
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    return fail(ErrorCode::unavailable,
                std::string("load the embedded ClickHouse: ") + ::dlerror());
  chdb::Api api{};
  TRY(find(library, "chdb_set_signal_handlers_enabled", api.set_signal_handlers_enabled));
  TRY(find(library, "chdb_connect", api.connect));
  TRY(find(library, "chdb_close_conn", api.close));
  TRY(find(library, "chdb_query_n", api.query));
  TRY(find(library, "chdb_destroy_query_result", api.destroy_result));
  TRY(find(library, "chdb_result_buffer", api.result_buffer));
  TRY(find(library, "chdb_result_length", api.result_length));
  TRY(find(library, "chdb_result_error", api.result_error));
  TRY(find(library, "chdb_result_rows_read", api.result_rows_read));
  TRY(find(library, "chdb_result_bytes_read", api.result_bytes_read));
  return api;
}

}  // namespace

LibraryConnection::LibraryConnection(LibraryConnection&& other) noexcept
    : api_(other.api_), connection_(std::exchange(other.connection_, nullptr)) {}

LibraryConnection::~LibraryConnection() {
  if (connection_ != nullptr) api_.close(connection_);
}

QueryAnswer LibraryConnection::run(std::string_view sql, std::string_view format) {
  QueryAnswer answer;
  const chdb::QueryResult result =
      api_.query(*connection_, sql.data(), sql.size(), format.data(), format.size());
  if (result == nullptr) {
    answer.error = "Code: 1001. DB::Exception: the embedded ClickHouse gave no answer";
    return answer;
  }
  if (const char* error = api_.result_error(result)) {
    answer.error = error;
  } else if (const std::size_t size = api_.result_length(result)) {
    answer.body.assign(api_.result_buffer(result), size);
  }
  answer.rows_read = api_.result_rows_read(result);
  answer.bytes_read = api_.result_bytes_read(result);
  api_.destroy_result(result);
  return answer;
}

Result<std::unique_ptr<Library>> Library::open(const std::string& file, const std::string& path,
                                               const Configuration& configuration) {
  std::unique_ptr<Library> library(new Library);
  TRY_ASSIGN(library->api_, load(file));
  library->api_.set_signal_handlers_enabled(0);
  library->arguments_ = {"clickhouse", "--path=" + path, "--config-file=" + configuration.server,
                         "--users_config=" + configuration.users};
  TRY_ASSIGN(LibraryConnection anchor, library->connect());
  library->anchor_ = std::make_unique<LibraryConnection>(std::move(anchor));
  return library;
}

Library::~Library() = default;

Result<LibraryConnection> Library::connect() const {
  std::vector<std::string> texts = arguments_;
  std::vector<char*> argv;
  for (std::string& text : texts) argv.push_back(text.data());
  chdb::Connection* connection = api_.connect(static_cast<int>(argv.size()), argv.data());
  if (connection == nullptr || *connection == nullptr)
    return fail(ErrorCode::unavailable, "the embedded ClickHouse refused a connection");
  return LibraryConnection(api_, connection);
}

}  // namespace tally
