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

namespace tally {
namespace {

namespace json = boost::json;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

constexpr std::string_view kClicks = "/api/v1/import/clicks";
constexpr std::int64_t kTimeoutMs = 30 * 60 * 1000;
constexpr int kMostWaits = 120;  // for another import
constexpr std::chrono::milliseconds kCountingPoll = 200ms, kWait = 1s, kProgress = 1s;
constexpr std::chrono::seconds kLongestCounting = 300s;

// What the server answers.
struct Answer {
  std::uint64_t clicks = 0, added = 0;
  bool counting = false;  // first clicks are still being worked out
};

std::uint64_t number_of(const json::object& object, std::string_view name) {
  const json::value* const found = object.if_contains(name);
  return found != nullptr && found->is_int64() ? static_cast<std::uint64_t>(found->get_int64()) : 0;
}

Answer read_answer(const HttpResponse& response) {
  boost::system::error_code error;
  const json::value body = json::parse(response.body, error);
  if (error || !body.is_object()) return {};
  const json::object& object = body.get_object();
  const json::value* const counting = object.if_contains("counting");
  return {number_of(object, "clicks"), number_of(object, "added"),
          counting != nullptr && counting->is_bool() && counting->get_bool()};
}

// Its lines on `progress`, the rest as an error.
std::unexpected<Error> refusal(const ApiProblem& problem, std::ostream& progress) {
  for (const ApiProblem::Item& item : problem.items)
    progress << fmt::format("line {}: {}{}\n", item.line,
                            item.field.empty() ? "" : item.field + ": ", item.detail);
  Error error = problem.error();
  if (!problem.items.empty()) error.hint = "the first lines at fault are named above";
  return std::unexpected(std::move(error));
}

// How far a pass over the file is, now and then.
class Progress {
 public:
  Progress(const Clock& clock, std::ostream& out, std::string_view done)
      : clock_(clock), out_(out), done_(done), began_(clock.steady()), said_(began_) {}

  void say(std::uint64_t clicks, std::uint64_t percent, bool anyway) {
    const auto now = clock_.steady();
    if (!anyway && now - said_ < kProgress) return;
    said_ = now;
    const double seconds = std::max(std::chrono::duration<double>(now - began_).count(), 0.001);
    out_ << fmt::format("{} {} clicks ({} %), {:.0f} a second\n", done_, clicks, percent,
                        static_cast<double>(clicks) / seconds)
         << std::flush;
  }

 private:
  const Clock& clock_;
  std::ostream& out_;
  const std::string_view done_;
  const std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point said_;
};

class Sender {
 public:
  Sender(const ImportOptions& options, const Clock& clock, std::ostream& progress)
      : options_(options), clock_(clock), progress_(progress) {}

  // One pass over the whole file.
  Result<Answer> send_all(bool check) {
    std::ifstream file(options_.file, std::ios::binary);
    if (!file) return fail_errno("open '" + options_.file + "'", errno);
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(options_.file, error);
    FilePieces pieces(file, options_.format == "csv");
    Progress progress(clock_, progress_, check ? "checked" : "imported");
    Answer all;
    for (;;) {
      TRY_ASSIGN(const bool more, pieces.next());
      if (!more) return all;
      TRY_ASSIGN(const Answer some, send(pieces, check));
      all.clicks += some.clicks;
      all.added += some.added;
      all.counting = some.counting;
      progress.say(all.clicks, size == 0 ? 100 : 100 * pieces.bytes_used() / size,
                   pieces.is_last());
    }
  }

  // Until first clicks are worked out, as a rule.
  Result<void> await_counted() {
    progress_ << "working out unique clicks\n" << std::flush;
    const auto until = clock_.steady() + kLongestCounting;
    while (clock_.steady() < until) {
      TRY_ASSIGN(const HttpResponse response, ask(options_.api.request("GET", kClicks)));
      if (!read_answer(response).counting) return {};
      std::this_thread::sleep_for(kCountingPoll);
    }
    progress_ << "the server goes on with that\n";
    return {};
  }

 private:
  Result<Answer> send(const FilePieces& pieces, bool check) {
    HttpRequest request = options_.api.request(
        "POST", fmt::format("{}?check={}&more={}&line={}", kClicks, check ? 1 : 0,
                            pieces.is_last() ? 0 : 1, pieces.first_line()));
    request.headers.emplace_back("Content-Type",
                                 options_.format == "csv" ? "text/csv" : "application/x-ndjson");
    request.body = pieces.text();
    request.timeout_ms = kTimeoutMs;
    TRY_ASSIGN(const HttpResponse response, ask(request));
    return read_answer(response);
  }

  // An answer that is no problem. While another import runs it waits.
  Result<HttpResponse> ask(const HttpRequest& request) {
    for (int waits = 0;; ++waits) {
      auto response = client_.request(request);
      if (!response) return std::unexpected(std::move(response).error().within("import"));
      if (response->status == 200) return response;
      const ApiProblem problem = ApiProblem::of(*response);
      if (problem.code != "import_running" || waits == kMostWaits)
        return refusal(problem, progress_);
      std::this_thread::sleep_for(kWait);
    }
  }

  const ImportOptions& options_;
  const Clock& clock_;
  std::ostream& progress_;
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
  read_all_ = in_.peek() == std::istream::traits_type::eof();
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

bool FilePieces::is_last() const {
  return read_all_ && std::ranges::all_of(rest_, [](char c) { return c == '\n' || c == '\r'; });
}

Result<bool> FilePieces::next() {
  TRY(fill());
  if (is_last()) return false;
  const std::size_t end = whole_records(read_all_);
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

Result<void> run_import(const ImportOptions& options, const Clock& clock, std::ostream& out,
                        std::ostream& progress) {
  TRY(options.api.check());
  Sender sender(options, clock, progress);
  TRY(sender.send_all(true));
  const auto done = sender.send_all(false);
  if (!done)
    return std::unexpected(Error{
        done.error().code, done.error().message, "run it again: it goes on from there", {}, {}});
  if (done->clicks == 0) return fail(ErrorCode::invalid, "there is no click in the file");
  if (done->counting) TRY(sender.await_counted());
  out << fmt::format("{} clicks: {} added, {} were there already{}\n", done->clicks, done->added,
                     done->clicks - done->added,
                     done->added == 0 ? ": the file was imported before" : "");
  return {};
}

}  // namespace tally
