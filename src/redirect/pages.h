// SPDX-License-Identifier: Apache-2.0
//
// The few pages that a person can meet on the links listener.
//
// They ask nothing of anybody else, follow the reader's light or dark setting, and work without
// scripts. A content security policy allows exactly the one style and the one script that are in
// them, by hash; text that comes from a link is escaped.
#pragma once

#include <string>
#include <string_view>

#include "model/kinds.h"

namespace tally {

enum class PasswordAsk { first, wrong, too_often };

// A page on the way to a destination.
struct WayStation {
  std::string_view title;     // the link's; "" for none
  std::string_view location;  // http, https or an app's scheme
  std::string_view store;     // where to go when no app opens; "" for none
  std::string_view click_id;  // for the beacon; "" sends none
};

// What is shown of a link before anybody follows it.
struct LinkPreview {
  std::string_view title, location, short_path;  // location "" is not shown
  std::string_view note;                         // "" for none
};

struct OpenGraphCard {
  std::string_view title, description, image_url;
};

class Pages {
 public:
  Pages();

  const std::string& not_found() const { return not_found_; }
  // Of a link that is not open: expired, limit_reached, scheduled or disabled.
  const std::string& closed(Outcome outcome) const;
  std::string password(std::string_view title, PasswordAsk ask) const;
  std::string way_station(const WayStation& station) const;
  std::string preview(const LinkPreview& link) const;
  std::string open_graph(const OpenGraphCard& card) const;

  // Header fields of these pages: policy and caching. way_station() needs the second.
  const std::string& fields() const { return fields_; }
  const std::string& script_fields() const { return script_fields_; }

 private:
  std::string not_found_, expired_, used_up_, scheduled_, disabled_;
  std::string fields_, script_fields_;
};

// With & < > " ' as references: fit for text and for quoted attributes.
std::string escape_html(std::string_view text);

}  // namespace tally
