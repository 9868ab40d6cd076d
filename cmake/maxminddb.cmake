# SPDX-License-Identifier: Apache-2.0
# libmaxminddb: the geo database.
tally_dependency(NAME maxminddb HEADER maxminddb.h LIBRARIES maxminddb PACKAGE libmaxminddb-dev)
