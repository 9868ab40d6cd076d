# SPDX-License-Identifier: Apache-2.0
# RE2: linear-time regular expressions and RE2::Set for the user-agent rules.
tally_dependency(NAME re2 HEADER re2/re2.h LIBRARIES re2 PACKAGE libre2-dev)
