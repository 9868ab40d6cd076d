# SPDX-License-Identifier: Apache-2.0
# spdlog as Debian builds it: compiled library, external fmt. `tally::fmt` alone is for code that only formats.
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)

add_library(tally_dep_fmt INTERFACE)
add_library(tally::fmt ALIAS tally_dep_fmt)
target_link_libraries(tally_dep_fmt INTERFACE fmt::fmt)

add_library(tally_dep_spdlog INTERFACE)
add_library(tally::spdlog ALIAS tally_dep_spdlog)
target_link_libraries(tally_dep_spdlog INTERFACE spdlog::spdlog fmt::fmt)
