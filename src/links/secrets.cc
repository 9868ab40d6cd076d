// SPDX-License-Identifier: Apache-2.0
#include "links/secrets.h"

#include <sodium.h>

#include <array>
#include <semaphore>

#include "base/check.h"
#include "base/encoding.h"

namespace tally {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;
constexpr int kAtOnce = 2;

class Turn {
 public:
  Turn() { turns().acquire(); }
  ~Turn() { turns().release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  static std::counting_semaphore<kAtOnce>& turns() {
    static std::counting_semaphore<kAtOnce> instance(kAtOnce);
    return instance;
  }
};

// What an unknown user's password is compared with.
const std::string& stand_in() {
  static const std::string hash = [] {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    CHECK(crypto_pwhash_str(out.data(), "", 0, kPasses, kMemory) == 0);
    return std::string(out.data());
  }();
  return hash;
}

}  // namespace

std::string make_secret(Random& random, std::size_t length) {
  return random.text(length, kLettersAndDigits);
}

std::string hash_secret(std::string_view secret) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(secret.data()),
                     secret.size());
  return hex(as_text(hash));
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<std::string> hash_password(std::string_view password) {
  const Turn turn;
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), kPasses, kMemory) != 0)
    return fail(ErrorCode::unavailable, "there is not enough memory to hash a password");
  return std::string(out.data());
}

bool fits_password(const std::string& hash, std::string_view password) {
  const Turn turn;
  const std::string& stored = hash.empty() ? stand_in() : hash;
  const bool fits = crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

}  // namespace tally
