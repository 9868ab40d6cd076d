# SPDX-License-Identifier: Apache-2.0
#
# How our own code is compiled: C++23 without extensions, warnings as errors, hardening, sanitizers, ccache.
# Everything here is global except the warnings, which `tally_compile_options(target)` gives to our targets only.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths are taken relative to the checkout, so that another clone finds what this one compiled.
  set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

find_package(Threads REQUIRED)

add_compile_options(-fno-omit-frame-pointer)

if(TALLYMARK_SANITIZER STREQUAL "asan")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
elseif(TALLYMARK_SANITIZER STREQUAL "tsan")
  # -Wno-tsan: Asio contains atomic_thread_fence, which g++ cannot instrument; Asio's own mutexes order the same accesses.
  add_compile_options(-fsanitize=thread)
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  add_link_options(-fsanitize=thread)
elseif(TALLYMARK_SANITIZER)
  message(FATAL_ERROR "TALLYMARK_SANITIZER is asan, tsan or empty, not '${TALLYMARK_SANITIZER}'")
endif()

if(TALLYMARK_SANITIZER OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
else()
  add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now)
endif()

if(TALLYMARK_LIBFUZZER)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "TALLYMARK_LIBFUZZER needs clang: cmake --preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Warnings for one of our targets. clang reports libstdc++ 12's stable_sort, which uses what it deprecates. The
# five that are switched off for g++ report inlined library code, not ours:
# g++ 12 sees overlap in `"literal" + std::string` (GCC bug 105651), does not pair the operators new and delete of
# Asio's coroutine frames when it inlines one of them, and the sanitizers' instrumentation confuses the last three. What it sees
# in precompiled headers besides is no error in those builds: the same sources are judged by the others.
function(tally_compile_options target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-mismatched-new-delete>
    $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Wno-deprecated-declarations>)
  if(TALLYMARK_SANITIZER)
    target_compile_options(${target} PRIVATE
      $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-error>)
  endif()
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(${target} PRIVATE Threads::Threads)
endfunction()
