# SPDX-License-Identifier: Apache-2.0
# OpenSSL: TLS keys and digests that libsodium does not have.
tally_dependency(NAME openssl HEADER openssl/evp.h LIBRARIES ssl crypto PACKAGE libssl-dev)
