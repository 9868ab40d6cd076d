// SPDX-License-Identifier: Apache-2.0
#include "links/conversion_event_json.h"

#include "model/calendar.h"
#include "model/money.h"

namespace tally {

void put_conversion_fields(JsonWriter& out, const Conversion& conversion,
                           const ClickIdCodec& click_ids) {
  std::optional<double> value;
  if (conversion.value_micros) value = units(*conversion.value_micros);
  out.field("id", conversion.id.text())
      .field("click_id", click_ids.encode(conversion.click))
      .field("event", conversion.event)
      .field("value", value)
      .text_or_null("currency", conversion.currency)
      .field("time", format_utc(conversion.time))
      .field("received_at", format_utc(conversion.received_at))
      .field("status", to_text(conversion.state))
      .text_or_null("link_id", conversion.link.text());
}

std::string conversion_event_data(const Conversion& conversion, const JoinedLink& joined,
                                  const ClickIdCodec& click_ids) {
  JsonWriter out;
  put_conversion_fields(out.begin_object(), conversion, click_ids);
  out.field("traffic", to_text(joined.traffic))
      .text_or_null("campaign", joined.campaign)
      .end_object();
  return out.take();
}

}  // namespace tally
