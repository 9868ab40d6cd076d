# SPDX-License-Identifier: Apache-2.0
# toml++: tallymark.toml (header only).
tally_dependency(NAME tomlplusplus HEADER toml++/toml.h PACKAGE libtomlplusplus-dev)
