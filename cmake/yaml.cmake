# SPDX-License-Identifier: Apache-2.0
# libyaml: uap-core's rules (libyaml-cpp-dev cannot be installed beside Boost 1.81).
tally_dependency(NAME yaml HEADER yaml.h LIBRARIES yaml PACKAGE libyaml-dev)
