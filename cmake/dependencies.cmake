# SPDX-License-Identifier: Apache-2.0
#
# Third-party libraries, all of them Debian packages (tools/setup/apt.txt), one file per library in this folder.
# What to write in a module's LIBS:
#
#   tally::boost          Asio, Beast (compiled once, see boost.cmake), URL, JSON, all of the header-only rest
#   tally::re2            <re2/re2.h>, <re2/set.h>
#   tally::sodium         <sodium.h>
#   tally::maxminddb      <maxminddb.h>
#   tally::sqlite         <sqlite3.h>
#   tally::curl           <curl/curl.h>
#   tally::cctz           <cctz/time_zone.h>
#   tally::tomlplusplus   <toml++/toml.h>
#   tally::cli11          <CLI/CLI.hpp>
#   tally::spdlog         <spdlog/spdlog.h> and <fmt/format.h>
#   tally::fmt            <fmt/format.h> alone
#   tally::prometheus     <prometheus/registry.h>: prometheus-cpp core only, no web server of its own
#   tally::yaml           <yaml.h> (libyaml)
#   tally::xxhash         <xxhash.h>
#   tally::zlib           <zlib.h>
#   tally::openssl        <openssl/evp.h>, <openssl/ssl.h>
#   tally::idn2           <idn2.h>
#   tally::psl            <libpsl.h>
#   tally::qrcodegen      <qrcodegen/qrcodegen.hpp>
#   tally::png            <png.h>
#   tally::rdkafka        <librdkafka/rdkafka.h>
#   dl                    dlopen (part of glibc: nothing to list)
#
# All of them are SYSTEM includes, so their headers raise no warnings in our code.

# Defines `tally::<name>` from one header and its libraries where Debian ships no CMake package.
#   tally_dependency(NAME cctz HEADER cctz/time_zone.h LIBRARIES cctz PACKAGE libcctz-dev)
# LIBRARIES may be empty for a header-only library. Configuring stops and names the Debian package when it is missing.
function(tally_dependency)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;HEADER;PACKAGE" "LIBRARIES")
  add_library(tally_dep_${arg_NAME} INTERFACE)
  add_library(tally::${arg_NAME} ALIAS tally_dep_${arg_NAME})

  find_path(TALLYMARK_${arg_NAME}_INCLUDE "${arg_HEADER}")
  mark_as_advanced(TALLYMARK_${arg_NAME}_INCLUDE)
  if(NOT TALLYMARK_${arg_NAME}_INCLUDE)
    message(FATAL_ERROR "${arg_HEADER} not found: apt-get install ${arg_PACKAGE} (or run ./dev setup)")
  endif()
  target_include_directories(tally_dep_${arg_NAME} SYSTEM INTERFACE "${TALLYMARK_${arg_NAME}_INCLUDE}")

  foreach(library IN LISTS arg_LIBRARIES)
    find_library(TALLYMARK_${library}_LIBRARY "${library}")
    mark_as_advanced(TALLYMARK_${library}_LIBRARY)
    if(NOT TALLYMARK_${library}_LIBRARY)
      message(FATAL_ERROR "lib${library} not found: apt-get install ${arg_PACKAGE} (or run ./dev setup)")
    endif()
    target_link_libraries(tally_dep_${arg_NAME} INTERFACE "${TALLYMARK_${library}_LIBRARY}")
  endforeach()
endfunction()

foreach(dependency IN ITEMS
    boost re2 sodium maxminddb sqlite curl cctz tomlplusplus cli11 spdlog prometheus yaml xxhash zlib
    openssl idn2 psl qrcodegen png rdkafka)
  include(${dependency})
endforeach()
