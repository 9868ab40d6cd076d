// SPDX-License-Identifier: Apache-2.0
#include "engine/runner.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/text.h"
#include "engine/native_revision.h"

namespace tally {
namespace {

constexpr int kNotImplemented = 48, kNoSuchColumn = 16, kCannotWrite = 75, kNetworkFailure = 210;

std::shared_ptr<ScratchFile> make_scratch_file(const std::string& folder) {
  std::string name = folder + "/answer-XXXXXX";
  const int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) return nullptr;
  ::unlink(name.c_str());
  return std::make_shared<ScratchFile>(fd);
}

// Closed when it goes out of scope; /proc/self/fd/N names it until then.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes)
      : fd_(::memfd_create("tallymark-insert", MFD_CLOEXEC)) {
    while (ok() && !bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        failed_ = true;
        return;
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool ok() const { return fd_ >= 0 && !failed_; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
  bool failed_ = false;
};

int code_of(std::string_view error) {
  constexpr std::string_view kMark = "Code: ";
  if (!error.starts_with(kMark)) return 1001;
  error.remove_prefix(kMark.size());
  const auto end = std::ranges::find_if_not(error, is_digit);
  return parse_number<int>(error.substr(0, static_cast<std::size_t>(end - error.begin())))
      .value_or(1001);
}

EngineAnswer failed(const QueryAnswer& answer) {
  EngineAnswer out;
  out.exception = code_of(answer.error);
  out.status = status_of(out.exception);
  out.body = answer.error;
  if (!out.body.ends_with('\n')) out.body.push_back('\n');
  out.format = "Text";
  return out;
}

std::string quoted_name(std::string_view name) {
  std::string out = "`";
  for (const char c : name) {
    if (c == '`' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "`";
}

std::string set_statement(const std::vector<std::pair<std::string, std::string>>& settings) {
  std::string sql = "SET ";
  for (const auto& [name, value] : settings) {
    if (&name != &settings.front().first) sql += ", ";
    sql += name + " = " + engine_literal(value);
  }
  return sql;
}

struct TableColumn {
  std::string name, type, default_kind;
};

// The table's columns in the order in which data comes: as the insert lists them, or all that an
// insert may fill.
struct DataShape {
  std::string names, structure;
  std::string error;
};
DataShape data_shape(LibraryConnection& connection, const InsertHead& head) {
  DataShape shape;
  const QueryAnswer described =
      connection.run("DESCRIBE TABLE " + head.table + " FORMAT TSVRaw", "TSVRaw");
  if (!described.error.empty()) {
    shape.error = described.error;
    return shape;
  }
  std::vector<TableColumn> columns;
  for (const std::string_view line : split(described.body, '\n')) {
    const auto fields = split(line, '\t');
    if (fields.size() >= 3)
      columns.push_back({std::string(fields[0]), std::string(fields[1]), std::string(fields[2])});
  }
  const auto add = [&](const TableColumn& column) {
    if (!shape.names.empty()) {
      shape.names += ", ";
      shape.structure += ", ";
    }
    shape.names += quoted_name(column.name);
    shape.structure += quoted_name(column.name) + " " + column.type;
  };
  for (const std::string& wanted : head.columns) {
    const auto found = std::ranges::find(columns, wanted, &TableColumn::name);
    if (found == columns.end()) {
      shape.error =
          exception_answer(kNoSuchColumn, "No such column " + wanted + " in table " + head.table)
              .body;
      return shape;
    }
    add(*found);
  }
  for (const TableColumn& column : columns)
    if (head.columns.empty() && (column.default_kind.empty() || column.default_kind == "DEFAULT"))
      add(column);
  return shape;
}

QueryAnswer insert_data(LibraryConnection& connection, const EngineQuery& query) {
  const auto head = read_insert(query.sql);
  const DataShape shape = data_shape(connection, *head);
  if (!shape.error.empty()) return {{}, shape.error, 0, 0};
  const MemoryFile file(query.data);
  if (!file.ok())
    return {{}, exception_answer(kCannotWrite, "no memory for the data of an insert").body, 0, 0};
  return connection.run("INSERT INTO " + head->table + " (" + shape.names + ") SELECT " +
                            shape.names + " FROM file(" + engine_literal(file.path()) + ", " +
                            engine_literal(head->format) + ", " + engine_literal(shape.structure) +
                            ")",
                        query.format);
}

}  // namespace

ScratchFile::~ScratchFile() { ::close(fd_); }

unsigned status_of(int exception) {
  // ClickHouse's src/Server/HTTP/exceptionCodeToHTTPStatus.cpp, the codes that we can meet.
  constexpr int kNotFound[] = {16, 47, 46, 60, 81, 115, 218};
  constexpr int kBadRequest[] = {6,  26, 27, 36, 38,  41,  42,  43,  44, 53,
                                 62, 70, 72, 73, 117, 130, 131, 184, 215};
  constexpr int kUnavailable[] = {202, 209, 210, 242};
  if (exception == 0) return 200;
  if (std::ranges::find(kNotFound, exception) != std::end(kNotFound)) return 404;
  if (std::ranges::find(kBadRequest, exception) != std::end(kBadRequest)) return 400;
  if (std::ranges::find(kUnavailable, exception) != std::end(kUnavailable)) return 503;
  if (exception == 159) return 408;
  if (exception == 48) return 501;
  return 500;
}

EngineAnswer exception_answer(int code, std::string_view message) {
  EngineAnswer answer;
  answer.exception = code;
  answer.status = status_of(code);
  answer.body = "Code: " + std::to_string(code) + ". DB::Exception: " + std::string(message) + "\n";
  answer.format = "Text";
  return answer;
}

EngineAnswer run_query(const Library& library, const EngineQuery& query,
                       const std::string& folder) {
  auto connection = library.connect();
  if (!connection) return exception_answer(kNetworkFailure, connection.error().message);
  std::vector<std::string> before;
  if (!query.database.empty()) before.push_back("USE " + quoted_name(query.database));
  if (!query.settings.empty()) before.push_back(set_statement(query.settings));
  // Last, because it locks the settings. A guest's connection has no way back to what it was: SET
  // is no statement of guests (guest_statement.h).
  if (query.guest) before.insert(before.end(), {"SET ROLE guest", "SET readonly = 1"});
  if (query.read_only) before.emplace_back("SET readonly = 2");
  for (const std::string& statement : before) {
    const QueryAnswer set = connection->run(statement, query.format);
    if (!set.error.empty()) return failed(set);
  }
  EngineAnswer out;
  QueryAnswer answer;
  const auto for_parquet = query.read_only || query.guest ? std::nullopt : read_parquet(query.sql);
  if (for_parquet) {
    out.file = make_scratch_file(folder);
    if (!out.file) return exception_answer(kCannotWrite, "no file for the answer");
    answer = connection->run("INSERT INTO FUNCTION file(" + engine_literal(out.file->path()) +
                                 ", 'Parquet') " + std::string(*for_parquet),
                             query.format);
  } else {
    answer =
        query.has_data ? insert_data(*connection, query) : connection->run(query.sql, query.format);
  }
  if (!answer.error.empty()) return failed(answer);
  if (query.revision > 0 && query.format == "Native") {
    auto native = native_of_revision(answer.body, query.revision);
    if (!native) return exception_answer(kNotImplemented, native.error().line());
    answer.body = std::move(*native);
  }
  out.body = std::move(answer.body);
  out.format = for_parquet ? "Parquet" : query.format;
  out.rows_read = answer.rows_read;
  out.bytes_read = answer.bytes_read;
  return out;
}

}  // namespace tally
