// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tally {

JsonWriter& JsonWriter::key(std::string_view name) {
  comma();
  quote(name);
  out_.push_back(':');
  comma_due_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  comma();
  if (is_utf8(text)) {
    quote(text);
  } else {
    quote(make_utf8(text));
  }
  comma_due_ = true;
  return *this;
}

// The shortest text that reads back as the same number.
JsonWriter& JsonWriter::value(double number) { return raw(fmt::format("{}", number)); }

JsonWriter& JsonWriter::open(char bracket) {
  comma();
  out_.push_back(bracket);
  comma_due_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  comma_due_ = true;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  comma();
  out_ += text;
  comma_due_ = true;
  return *this;
}

void JsonWriter::comma() {
  if (comma_due_) out_.push_back(',');
}

void JsonWriter::quote(std::string_view text) {
  out_.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '\t':
        out_ += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out_.push_back(c);
        }
    }
  }
  out_.push_back('"');
}

}  // namespace tally
