# SPDX-License-Identifier: Apache-2.0
# libsodium: Argon2id, SipHash, HMAC, random.
tally_dependency(NAME sodium HEADER sodium.h LIBRARIES sodium PACKAGE libsodium-dev)
