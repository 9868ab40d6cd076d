# SPDX-License-Identifier: Apache-2.0
# SQLite: the link store of one node.
tally_dependency(NAME sqlite HEADER sqlite3.h LIBRARIES sqlite3 PACKAGE libsqlite3-dev)
