# SPDX-License-Identifier: Apache-2.0
# cctz: time zones (g++ 12 has no tzdb).
tally_dependency(NAME cctz HEADER cctz/time_zone.h LIBRARIES cctz PACKAGE libcctz-dev)
