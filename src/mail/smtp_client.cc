// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/check.h"
#include "base/text.h"
#include "mail/address.h"

namespace tally {
namespace {

constexpr int kFarewell = 221;
constexpr long kConnectTimeoutMs = 5'000, kTimeoutMs = 20'000;

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CloseUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

struct ServerUrl {
  std::string scheme, host;
};

Result<ServerUrl> parse_url(const std::string& text) {
  const std::unique_ptr<CURLU, CloseUrl> url(curl_url());
  CHECK(url != nullptr);
  const auto refuse = [](std::string message) {
    return fail(ErrorCode::invalid, "mail.smtp_url: " + std::move(message),
                "write it like smtp://mail.example.com:587");
  };
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return refuse("is not a URL");
  ServerUrl out{part_of(url.get(), CURLUPART_SCHEME), part_of(url.get(), CURLUPART_HOST)};
  if (out.scheme != "smtp" && out.scheme != "smtps")
    return refuse("must begin with smtp:// or smtps://");
  if (!part_of(url.get(), CURLUPART_USER).empty() ||
      !part_of(url.get(), CURLUPART_PASSWORD).empty())
    return refuse("user and password belong into mail.user and mail.password");
  // What would follow is the name that we greet with.
  if (part_of(url.get(), CURLUPART_PATH).size() > 1 || !part_of(url.get(), CURLUPART_QUERY).empty())
    return refuse("nothing may follow the host and port");
  return out;
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "[::1]";
}

long security_of(const SmtpSettings& settings, const ServerUrl& url) {
  switch (settings.starttls) {
    case StartTls::always:
      return CURLUSESSL_ALL;
    case StartTls::never:
      return CURLUSESSL_NONE;
    case StartTls::automatic:
      break;
  }
  return is_this_machine(url.host) ? CURLUSESSL_NONE : CURLUSESSL_ALL;
}

std::size_t read_message(char* out, std::size_t, std::size_t room, void* user) {
  auto& rest = *static_cast<std::string_view*>(user);
  const std::size_t size = std::min(room, rest.size());
  std::memcpy(out, rest.data(), size);
  rest.remove_prefix(size);
  return size;
}

// Every line that the server says; the last one before the end is the answer.
std::size_t read_answer(char* data, std::size_t, std::size_t size, void* user) {
  std::string_view line(data, size);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  auto& answer = *static_cast<SmtpAnswer*>(user);
  const auto code = parse_number<int>(line.substr(0, 3));
  if (!code || *code == kFarewell) return size;
  answer.code = *code;
  answer.text = make_utf8(line.substr(std::min<std::size_t>(4, line.size())));
  return size;
}

void set_access(CURL* handle, const SmtpSettings& settings) {
  if (!settings.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, settings.password.c_str());
  }
  if (!settings.ca.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, settings.ca.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
}

// libcurl's global set-up is not thread-safe by itself; a static's is.
void set_up_library() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(code == CURLE_OK);
}

}  // namespace

Result<void> check_smtp(const SmtpSettings& settings) {
  if (settings.url.empty()) return {};
  TRY(parse_url(settings.url));
  if (!is_mail_address(settings.from))
    return fail(ErrorCode::invalid, "mail.from must be a mail address when mail.smtp_url is set");
  if (settings.user.empty() != settings.password.empty())
    return fail(ErrorCode::invalid, "mail.user and mail.password go together");
  return {};
}

SmtpClient::SmtpClient(SmtpSettings settings) : settings_(std::move(settings)) { set_up_library(); }

Result<SmtpAnswer> SmtpClient::send(const Mail& mail) const {
  TRY_ASSIGN(const ServerUrl url, parse_url(settings_.url));
  TRY_ASSIGN(const std::string message, message_text(settings_.from, mail));
  std::string_view rest = message;
  SmtpAnswer answer;
  char detail[CURL_ERROR_SIZE] = "";
  const std::string from = "<" + settings_.from + ">", to = "<" + mail.to + ">";
  const std::unique_ptr<curl_slist, FreeList> recipients(curl_slist_append(nullptr, to.c_str()));
  const std::unique_ptr<CURL, CloseHandle> owner(curl_easy_init());
  CHECK(owner != nullptr && recipients != nullptr);
  CURL* const handle = owner.get();
  curl_easy_setopt(handle, CURLOPT_URL, settings_.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, kTimeoutMs);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_USE_SSL, security_of(settings_, url));
  set_access(handle, settings_);
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_message);
  curl_easy_setopt(handle, CURLOPT_READDATA, &rest);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, read_answer);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &answer);

  const CURLcode code = curl_easy_perform(handle);
  answer.accepted = code == CURLE_OK;
  if (answer.accepted) return SmtpAnswer(answer);
  // A refusal is an answer; anything else that ends the talk is none. libcurl says in words only
  // which command was refused.
  answer.of_message = rest.empty() || std::string_view(detail).starts_with("RCPT");
  if (answer.code >= 400) return SmtpAnswer(answer);
  return fail(ErrorCode::unavailable,
              "the mail server did not take it: " +
                  std::string(detail[0] != '\0' ? detail : curl_easy_strerror(code)));
}

}  // namespace tally
