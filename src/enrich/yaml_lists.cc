// SPDX-License-Identifier: Apache-2.0
#include "enrich/yaml_lists.h"

#include <yaml.h>

namespace tally {
namespace {

// One libyaml parser over a text, as a source of events.
class Events {
 public:
  explicit Events(std::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events() {
    if (held_) yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }

  Result<yaml_event_type_t> next() {
    if (held_) yaml_event_delete(&event_);
    held_ = false;
    if (yaml_parser_parse(&parser_, &event_) == 0) {
      return fail(ErrorCode::invalid, "line " + std::to_string(parser_.problem_mark.line + 1) +
                                          ": " + (parser_.problem ? parser_.problem : "no YAML"));
    }
    held_ = true;
    return event_.type;
  }

  std::string_view scalar() const {
    return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
  }
  bool is_null() const {
    return event_.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (scalar().empty() || scalar() == "~" || scalar() == "null");
  }
  std::unexpected<Error> refuse(std::string_view wanted) const {
    return fail(ErrorCode::invalid, "line " + std::to_string(event_.start_mark.line + 1) +
                                        ": expected " + std::string(wanted));
  }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool held_ = false;
};

Result<YamlRow> read_row(Events& events) {
  YamlRow row;
  for (;;) {
    TRY_ASSIGN(const auto key_type, events.next());
    if (key_type == YAML_MAPPING_END_EVENT) return row;
    if (key_type != YAML_SCALAR_EVENT) return events.refuse("a name");
    std::string key(events.scalar());
    TRY_ASSIGN(const auto value_type, events.next());
    if (value_type != YAML_SCALAR_EVENT) return events.refuse("a value");
    if (!events.is_null()) row[std::move(key)] = std::string(events.scalar());
  }
}

Result<std::vector<YamlRow>> read_list(Events& events) {
  std::vector<YamlRow> rows;
  TRY_ASSIGN(const auto start, events.next());
  if (start != YAML_SEQUENCE_START_EVENT) return events.refuse("a list");
  for (;;) {
    TRY_ASSIGN(const auto type, events.next());
    if (type == YAML_SEQUENCE_END_EVENT) return rows;
    if (type != YAML_MAPPING_START_EVENT) return events.refuse("a map");
    TRY_ASSIGN(auto row, read_row(events));
    rows.push_back(std::move(row));
  }
}

}  // namespace

Result<YamlLists> read_yaml_lists(std::string_view text) {
  Events events(text);
  YamlLists lists;
  for (const auto wanted :
       {YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_MAPPING_START_EVENT}) {
    TRY_ASSIGN(const auto type, events.next());
    if (type != wanted) return events.refuse("a map of lists");
  }
  for (;;) {
    TRY_ASSIGN(const auto type, events.next());
    if (type == YAML_MAPPING_END_EVENT) return lists;
    if (type != YAML_SCALAR_EVENT) return events.refuse("a name");
    std::string name(events.scalar());
    TRY_ASSIGN(auto rows, read_list(events));
    lists[std::move(name)] = std::move(rows);
  }
}

}  // namespace tally
