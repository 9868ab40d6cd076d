// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <cerrno>
#include <system_error>

namespace tally {

std::string_view to_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::malformed:
      return "malformed";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::too_many:
      return "too_many";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

std::string Error::line() const { return hint.empty() ? message : message + " (" + hint + ")"; }

Error Error::within(std::string_view context) && {
  message = std::string(context) + ": " + message;
  return std::move(*this);
}

namespace {

ErrorCode code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
      return ErrorCode::not_found;
    case EACCES:
    case EPERM:
      return ErrorCode::forbidden;
    case EEXIST:
      return ErrorCode::conflict;
    default:
      return ErrorCode::unavailable;
  }
}

std::string hint_of(int error_number) {
  switch (error_number) {
    case ENOSPC:
      return "the disk is full: free some space";
    case EACCES:
    case EPERM:
      return "check who owns it and the mode bits";
    case EADDRINUSE:
      return "another program listens there: stop it or choose another port";
    default:
      return {};
  }
}

}  // namespace

std::unexpected<Error> fail_errno(std::string_view what, int error_number) {
  return fail(code_of(error_number),
              std::string(what) + ": " + std::generic_category().message(error_number),
              hint_of(error_number));
}

}  // namespace tally
