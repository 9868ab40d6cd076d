// SPDX-License-Identifier: Apache-2.0
#include "redirect/pages.h"

#include <sodium.h>

#include <array>

#include "base/encoding.h"
#include "base/text.h"
#include "redirect/location.h"

namespace tally {
namespace {

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;"
    "font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}main{max-width:28rem;"
    "padding:2rem;text-align:center}h1{font-size:1.5rem;margin:0 0 .5rem;overflow-wrap:anywhere}"
    "p{margin:.5rem 0;overflow-wrap:anywhere}.quiet{opacity:.75}form{display:flex;gap:.5rem;"
    "justify-content:center;flex-wrap:wrap;margin-top:1rem}input,button{font:inherit;padding:.4rem "
    ".6rem}";

// Reports the screen, goes on, and after a moment to the store if no app took over.
constexpr std::string_view kScript =
    "(function(){var a=document.getElementById('go'),c=a.dataset.click,s=a.dataset.store,"
    "r=window.devicePixelRatio||1;try{if(c&&navigator.sendBeacon)navigator.sendBeacon("
    "'/_t/beacon',JSON.stringify({click_id:c,screen_w:Math.round(screen.width*r),"
    "screen_h:Math.round(screen.height*r),dpr:Math.round(r*1000)/1000}))}catch(e){}"
    "if(s)setTimeout(function(){if(!document.hidden)location.replace(s)},1500);"
    "location.replace(a.href)})()";

// "'sha256-…'", as a policy names what it allows.
std::string policy_hash(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  ::crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size());
  return "'sha256-" + base64(as_text(hash)) + "'";
}

// `head` and `body` are HTML, `title` is text.
std::string html(std::string_view title, std::string_view head, std::string_view body) {
  std::string out;
  out.append(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" "
      "content=\"noindex\"><title>");
  out.append(escape_html(title)).append("</title>").append(head);
  out.append("<style>").append(kStyle).append("</style></head><body><main>").append(body);
  return out.append("</main></body></html>\n");
}

std::string heading(std::string_view text) { return "<h1>" + escape_html(text) + "</h1>"; }

std::string notice(std::string_view title, std::string_view text) {
  return html(title, "", heading(title) + "<p class=\"quiet\">" + std::string(text) + "</p>");
}

void append_meta(std::string_view property, std::string_view content, std::string& out) {
  if (content.empty()) return;
  out.append("<meta property=\"").append(property).append("\" content=\"");
  out.append(escape_html(content)).append("\">");
}

// "shop.example" of "https://shop.example/x".
std::string_view host_in(std::string_view location) {
  const auto start = location.find("//");
  if (start == std::string_view::npos) return location;
  location.remove_prefix(start + 2);
  return location.substr(0, location.find_first_of("/?#"));
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out.append("&amp;");
        break;
      case '<':
        out.append("&lt;");
        break;
      case '>':
        out.append("&gt;");
        break;
      case '"':
        out.append("&quot;");
        break;
      case '\'':
        out.append("&#39;");
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

Pages::Pages()
    : not_found_(
          notice("Link not found", "Nothing lives at this address. Check it for typing errors.")),
      expired_(notice("This link has ended", "It was open for a limited time only.")),
      used_up_(notice("This link has ended", "It was open for a limited number of visits.")),
      scheduled_(notice("This link is not open yet", "Please come back a little later.")),
      disabled_(notice("This link is switched off", "Its owner has disabled it for now.")) {
  const std::string policy = "Content-Security-Policy: default-src 'none'; style-src " +
                             policy_hash(kStyle) + "; base-uri 'none'; frame-ancestors 'none'";
  const std::string caching = "\r\nCache-Control: private, no-store\r\n";
  fields_ = policy + caching;
  script_fields_ =
      policy + "; script-src " + policy_hash(kScript) + "; connect-src 'self'" + caching;
}

const std::string& Pages::closed(Outcome outcome) const {
  switch (outcome) {
    case Outcome::expired:
      return expired_;
    case Outcome::limit_reached:
      return used_up_;
    case Outcome::scheduled:
      return scheduled_;
    default:
      return disabled_;
  }
}

std::string Pages::password(std::string_view title, PasswordAsk ask) const {
  const std::string_view name = title.empty() ? "This link asks for a password" : title;
  std::string body = heading(name);
  if (ask == PasswordAsk::wrong) body += "<p role=\"alert\">That is not the password.</p>";
  if (ask == PasswordAsk::too_often)
    body += "<p role=\"alert\">Too many tries. Please wait a minute.</p>";
  // No form-action in the policy: browsers hold it against the redirect that follows, too.
  body +=
      "<form method=\"post\"><input type=\"password\" name=\"password\" aria-label=\"Password\" "
      "autocomplete=\"current-password\" maxlength=\"256\" required autofocus><button>Open</button>"
      "</form>";
  return html(name, "", body);
}

std::string Pages::way_station(const WayStation& station) const {
  const std::string location = escape_html(station.location);
  const std::string store = escape_html(station.store);
  const bool web = is_web_location(station.location);
  // Without scripts: on to a web page at once, to the store of an app that may not be there.
  const std::string& next = web ? location : store;
  std::string head;
  if (!next.empty()) {
    head = "<noscript><meta http-equiv=\"refresh\" content=\"1; url=" + next + "\"></noscript>";
  }
  std::string body = heading(station.title.empty() ? "One moment" : station.title);
  body += "<p><a id=\"go\" rel=\"nofollow\" href=\"" + location + "\" data-click=\"" +
          escape_html(station.click_id) + "\" data-store=\"" + store + "\">" +
          (web ? "Go on to " + escape_html(host_in(station.location)) : "Open the app") +
          "</a></p>";
  if (!store.empty())
    body += "<p class=\"quiet\"><a rel=\"nofollow\" href=\"" + store + "\">Get the app</a></p>";
  body += "<script>" + std::string(kScript) + "</script>";
  return html(station.title.empty() ? "One moment" : station.title, head, body);
}

std::string Pages::preview(const LinkPreview& link) const {
  const std::string_view name = link.title.empty() ? "Where this link leads" : link.title;
  std::string body = heading(name);
  if (!link.note.empty()) body += "<p class=\"quiet\">" + escape_html(link.note) + "</p>";
  if (!link.location.empty()) body += "<p>" + escape_html(link.location) + "</p>";
  body += "<p><a rel=\"nofollow\" href=\"" + escape_html(link.short_path) + "\">Follow it</a></p>";
  return html(name, "", body);
}

std::string Pages::open_graph(const OpenGraphCard& card) const {
  std::string head;
  append_meta("og:type", "website", head);
  append_meta("og:title", card.title, head);
  append_meta("og:description", card.description, head);
  append_meta("og:image", card.image_url, head);
  append_meta("twitter:card", card.image_url.empty() ? "summary" : "summary_large_image", head);
  return html(card.title, head,
              heading(card.title) + "<p>" + escape_html(card.description) + "</p>");
}

}  // namespace tally
