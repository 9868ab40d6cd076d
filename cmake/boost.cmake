# SPDX-License-Identifier: Apache-2.0
#
# Boost 1.81, asked for by version because Debian 12's unversioned packages are 1.74.
#
# Asio and Beast are header-only by default, so each file that includes them compiles their non-template half
# again. Here that half is compiled once into tally_boost_impl and every user gets the two macros that leave it out.
# All users must agree on the macros, therefore there is one target, tally::boost.
find_package(Boost 1.81 REQUIRED COMPONENTS url json)

file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/boost_impl.cc" CONTENT
"// Written by cmake/boost.cmake: the compiled half of Asio and Beast.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
")
add_library(tally_boost_impl STATIC "${CMAKE_BINARY_DIR}/generated/boost_impl.cc")
add_library(tally::boost ALIAS tally_boost_impl)
target_compile_definitions(tally_boost_impl PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(tally_boost_impl PUBLIC Boost::headers Boost::url Boost::json Threads::Threads)
