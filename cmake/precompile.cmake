# SPDX-License-Identifier: Apache-2.0
#
# What nearly every file of ours includes, parsed once: a third of the time that compiling a file takes. With g++ only; the product's
# own files go without in the release build, so that one which forgets an include does not compile.
#
#   tally_precompile(target)   for a library of ours        tally_precompile(target TESTS)   for what includes GoogleTest
#
# Tests are compiled without optimizing: what they call is optimized, and half of the project's compile time was theirs.

set(TALLYMARK_COMMON_HEADERS <algorithm> <chrono> <expected> <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <span>
    <string> <string_view> <thread> <vector> <fmt/format.h>)

function(tally_precompiled_headers name headers)
  file(WRITE "${CMAKE_BINARY_DIR}/${name}.cc" "")
  add_library(${name} STATIC "${CMAKE_BINARY_DIR}/${name}.cc")
  target_link_libraries(${name} PRIVATE ${ARGN})
  tally_compile_options(${name})
  target_precompile_headers(${name} PRIVATE ${headers})
endfunction()

# Fortification needs optimizing.
function(tally_test_options target)
  target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE)
endfunction()

function(tally_precompile target)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  if("TESTS" IN_LIST ARGN)
    if(NOT TARGET tally_test_headers)
      tally_precompiled_headers(tally_test_headers "${TALLYMARK_COMMON_HEADERS};<gmock/gmock.h>;<gtest/gtest.h>"
        tally::fmt GTest::gmock GTest::gtest)
      tally_test_options(tally_test_headers)
    endif()
    target_precompile_headers(${target} REUSE_FROM tally_test_headers)
  elseif(TALLYMARK_SANITIZER)
    if(NOT TARGET tally_headers)
      tally_precompiled_headers(tally_headers "${TALLYMARK_COMMON_HEADERS}" tally::fmt)
    endif()
    target_precompile_headers(${target} REUSE_FROM tally_headers)
  endif()
endfunction()
