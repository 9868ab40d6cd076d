// SPDX-License-Identifier: Apache-2.0
//
// Outgoing mail, on libcurl: one call is one message to one address over a connection of its own,
// and what the server said to it. The thread that calls waits, twenty seconds at most. Nothing is
// retried here, and no environment variable (proxy settings) is obeyed.
//
// With smtps:// the connection is TLS from its first byte; with smtp:// it becomes TLS by STARTTLS
// before anything is said that matters. `automatic` insists on that for every server but one on
// this machine, where mail software is usually asked without; `always` and `never` say it outright.
// Certificates are verified in any case.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "mail/message.h"

namespace tally {

enum class StartTls : std::uint8_t { automatic, always, never };

struct SmtpSettings {
  std::string url;   // "smtp://mail.example.com:587", "smtps://mail.example.com"; "": no mail
  std::string from;  // an address
  std::string user, password;
  StartTls starttls = StartTls::automatic;
  std::filesystem::path ca;  // certificates to trust instead of the system's; "": the system's
};

// Whether they can be used; `invalid` in one line otherwise. No message holds the password.
Result<void> check_smtp(const SmtpSettings& settings);

// The server's last word: 250 and its text when it took the message.
struct SmtpAnswer {
  int code = 0;
  std::string text;  // of its last line, without the code
  bool accepted = false;
  // About this message or its recipient. A server that does not let us in, or not with our sender's
  // address, speaks of us; that can be put right.
  bool of_message = false;
  // For good: another try would change nothing.
  bool is_refusal() const { return of_message && code >= 500; }
};

class SmtpClient {
 public:
  explicit SmtpClient(SmtpSettings settings);

  // Fails with `unavailable` when the server did not answer, or not as it must (no TLS, a wrong
  // certificate), and with `invalid` for a mail that message_text() refuses.
  Result<SmtpAnswer> send(const Mail& mail) const;

 private:
  SmtpSettings settings_;
};

}  // namespace tally
