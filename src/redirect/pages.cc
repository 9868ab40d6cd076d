// SPDX-License-Identifier: Apache-2.0
#include "redirect/pages.h"

#define TALLY_PAGE(title, text)                                                               \
  "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"                           \
  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"                   \
  "<meta name=\"robots\" content=\"noindex\"><title>" title                                   \
  "</title><style>:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;" \
  "place-items:center;font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}" \
  "main{max-width:28rem;padding:2rem;text-align:center}h1{font-size:1.5rem;margin:0 0 .5rem}" \
  "p{margin:0;opacity:.75}</style></head><body><main><h1>" title "</h1><p>" text              \
  "</p></main></body></html>\n"

namespace tally {

const std::string_view kNotFoundPage =
    TALLY_PAGE("Link not found", "Nothing lives at this address. Check it for typing errors.");
const std::string_view kExpiredPage =
    TALLY_PAGE("This link has ended", "It was open for a limited time only.");
const std::string_view kDisabledPage =
    TALLY_PAGE("This link is switched off", "Its owner has disabled it for now.");
const std::string_view kScheduledPage =
    TALLY_PAGE("This link is not open yet", "Please come back a little later.");

}  // namespace tally
