# SPDX-License-Identifier: Apache-2.0
#
# What nearly every file of ours includes, parsed once: a third of the time that compiling a file takes. For the sanitizers' builds
# with g++ only; the release build goes without, so that a file which forgets an include does not compile.
#
#   tally_precompile(target)   for a library of ours        tally_precompile(target TESTS)   for what includes GoogleTest

set(TALLYMARK_PRECOMPILE OFF)
if(TALLYMARK_SANITIZER AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(TALLYMARK_PRECOMPILE ON)
endif()

function(tally_precompiled_headers name headers)
  file(WRITE "${CMAKE_BINARY_DIR}/${name}.cc" "")
  add_library(${name} STATIC "${CMAKE_BINARY_DIR}/${name}.cc")
  target_link_libraries(${name} PRIVATE ${ARGN})
  tally_compile_options(${name})
  target_precompile_headers(${name} PRIVATE ${headers})
endfunction()

if(TALLYMARK_PRECOMPILE)
  set(headers <algorithm> <chrono> <expected> <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <span> <string>
      <string_view> <thread> <vector> <fmt/format.h>)
  tally_precompiled_headers(tally_headers "${headers}" tally::fmt)
endif()

function(tally_precompile target)
  if(NOT TALLYMARK_PRECOMPILE)
    return()
  endif()
  if("TESTS" IN_LIST ARGN)
    if(NOT TARGET tally_test_headers)
      tally_precompiled_headers(tally_test_headers "${headers};<gmock/gmock.h>;<gtest/gtest.h>" tally::fmt GTest::gmock GTest::gtest)
    endif()
    target_precompile_headers(${target} REUSE_FROM tally_test_headers)
  else()
    target_precompile_headers(${target} REUSE_FROM tally_headers)
  endif()
endfunction()
