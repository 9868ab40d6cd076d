# SPDX-License-Identifier: Apache-2.0
# CLI11: the command line (header only).
tally_dependency(NAME cli11 HEADER CLI/CLI.hpp PACKAGE libcli11-dev)
