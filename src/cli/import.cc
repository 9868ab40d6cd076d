// SPDX-License-Identifier: Apache-2.0
#include "cli/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/text.h"
#include "http/client.h"

namespace tally {
namespace {

namespace json = boost::json;

constexpr std::int64_t kTimeoutMs = 30 * 60 * 1000;
constexpr int kMostWaits = 120;  // for another import
constexpr std::chrono::seconds kWait{1};

struct Counts {
  std::uint64_t clicks = 0, added = 0;
};

std::string text_of(const json::object& object, const char* name) {
  const json::value* const found = object.if_contains(name);
  if (found == nullptr || !found->is_string()) return {};
  return {found->get_string().data(), found->get_string().size()};
}

std::uint64_t number_of(const json::object& object, const char* name) {
  const json::value* const found = object.if_contains(name);
  return found != nullptr && found->is_int64() ? static_cast<std::uint64_t>(found->get_int64()) : 0;
}

// What the problem document says, its lines on `progress`.
std::unexpected<Error> refusal(int status, const json::object& body, std::ostream& progress) {
  if (const json::value* const errors = body.if_contains("errors");
      errors != nullptr && errors->is_array()) {
    for (const json::value& one : errors->get_array()) {
      if (!one.is_object()) continue;
      const std::string field = text_of(one.get_object(), "field");
      progress << "line " << number_of(one.get_object(), "line") << ": "
               << (field.empty() ? "" : field + ": ") << text_of(one.get_object(), "detail")
               << "\n";
    }
  }
  return fail(ErrorCode::invalid,
              fmt::format("the server answered {}: {}", status, text_of(body, "detail")));
}

class Sender {
 public:
  Sender(const ImportOptions& options, std::ostream& progress)
      : options_(options), progress_(progress), url_(options.api) {
    while (url_.ends_with('/')) url_.pop_back();
  }

  // One pass over the whole file.
  Result<Counts> send_all(bool check) {
    std::ifstream file(options_.file, std::ios::binary);
    if (!file) return fail_errno("open '" + options_.file + "'", errno);
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(options_.file, error);
    FilePieces pieces(file, options_.format == "csv");
    Counts all;
    for (;;) {
      TRY_ASSIGN(const bool more, pieces.next());
      if (!more) return all;
      TRY_ASSIGN(const Counts some, send(pieces, check));
      all.clicks += some.clicks;
      all.added += some.added;
      progress_ << fmt::format("{} {} clicks ({} %)\n", check ? "checked" : "imported", all.clicks,
                               size == 0 ? 100 : 100 * pieces.bytes_used() / size);
    }
  }

 private:
  Result<Counts> send(const FilePieces& pieces, bool check) {
    HttpRequest request;
    request.method = "POST";
    request.url = fmt::format("{}/api/v1/import/clicks?check={}&line={}", url_, check ? 1 : 0,
                              pieces.first_line());
    request.headers = {
        {"Authorization", "Bearer " + options_.key},
        {"Content-Type", options_.format == "csv" ? "text/csv" : "application/x-ndjson"}};
    request.body = pieces.text();
    request.timeout_ms = kTimeoutMs;
    for (int waits = 0;; ++waits) {
      const auto response = client_.request(request);
      if (!response) return std::unexpected(Error(response.error()).within("import"));
      boost::system::error_code error;
      const json::value body = json::parse(response->body, error);
      const json::object object = error || !body.is_object() ? json::object() : body.get_object();
      if (response->status == 200)
        return Counts{number_of(object, "clicks"), number_of(object, "added")};
      if (text_of(object, "code") != "import_running" || waits == kMostWaits)
        return refusal(response->status, object, progress_);
      std::this_thread::sleep_for(kWait);
    }
  }

  const ImportOptions& options_;
  std::ostream& progress_;
  std::string url_;
  HttpClient client_;
};

}  // namespace

FilePieces::FilePieces(std::istream& in, bool csv, std::size_t most, std::size_t most_records)
    : in_(in), csv_(csv), most_(most), most_records_(most_records) {}

Result<void> FilePieces::fill() {
  const std::size_t had = rest_.size();
  if (had >= most_) return {};
  rest_.resize(most_);
  in_.read(rest_.data() + had, static_cast<std::streamsize>(most_ - had));
  rest_.resize(had + static_cast<std::size_t>(in_.gcount()));
  bytes_read_ += static_cast<std::uint64_t>(in_.gcount());
  if (in_.bad()) return fail(ErrorCode::unavailable, "the file cannot be read");
  return {};
}

// How much of the rest makes a piece of whole records; a line end within quotes ends none.
std::size_t FilePieces::whole_records(bool last) const {
  std::size_t end = 0, records = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    if (rest_[i] == '"' && csv_) quoted = !quoted;
    if (rest_[i] != '\n' || quoted) continue;
    end = i + 1;
    if (++records == most_records_) return end;
  }
  return last ? rest_.size() : end;
}

Result<bool> FilePieces::next() {
  TRY(fill());
  // Blank lines at the end are no piece.
  if (trim(rest_).empty() && rest_.size() < most_) return false;
  const std::size_t end = whole_records(rest_.size() < most_);
  if (end == 0)
    return fail(ErrorCode::invalid,
                fmt::format("line {}: is longer than {} bytes", next_line_, most_));
  piece_ = header_;
  piece_.append(rest_, 0, end);
  const bool first = next_line_ == 1;
  first_line_ = first && csv_ ? 2 : next_line_;
  next_line_ += static_cast<std::size_t>(
      std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  if (first && csv_) header_ = rest_.substr(0, std::min(rest_.find('\n'), rest_.size() - 1) + 1);
  rest_.erase(0, end);
  return true;
}

Result<void> run_import(const ImportOptions& options, std::ostream& out, std::ostream& progress) {
  if (options.key.empty())
    return fail(ErrorCode::invalid, "a key is needed",
                "give --key, or TALLYMARK_API_KEY in the environment");
  Sender sender(options, progress);
  TRY_ASSIGN(const Counts checked, sender.send_all(true));
  const auto done = sender.send_all(false);
  if (!done)
    return std::unexpected(Error{
        done.error().code, done.error().message, "run it again: it goes on from there", {}, {}});
  if (done->clicks == 0) return fail(ErrorCode::invalid, "there is no click in the file");
  out << fmt::format("{} clicks: {} added, {} were there already\n", checked.clicks, done->added,
                     done->clicks - done->added);
  return {};
}

}  // namespace tally
