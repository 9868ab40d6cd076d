# SPDX-License-Identifier: Apache-2.0
# libpsl: the public suffix list.
tally_dependency(NAME psl HEADER libpsl.h LIBRARIES psl PACKAGE libpsl-dev)
