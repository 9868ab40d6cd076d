# SPDX-License-Identifier: Apache-2.0
# libidn2: international host names.
tally_dependency(NAME idn2 HEADER idn2.h LIBRARIES idn2 PACKAGE libidn2-dev)
