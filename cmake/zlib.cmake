# SPDX-License-Identifier: Apache-2.0
# zlib: compressed answers and exports.
tally_dependency(NAME zlib HEADER zlib.h LIBRARIES z PACKAGE zlib1g-dev)
