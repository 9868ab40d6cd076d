# SPDX-License-Identifier: Apache-2.0
# xxHash: checksums and hash tables.
tally_dependency(NAME xxhash HEADER xxhash.h LIBRARIES xxhash PACKAGE libxxhash-dev)
