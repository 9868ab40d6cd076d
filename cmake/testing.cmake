# SPDX-License-Identifier: Apache-2.0
#
# What tally_module() needs when tests are on: GoogleTest executables, fuzzers, benchmarks, the tidy tests, the console's tests.
# Needs the packages of tools/setup/apt-test.txt; `-DTALLYMARK_TESTS=OFF` (what `./dev run` uses) does without.

find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# Sanitizer reports end the process, so that a report is a failed test. Read by every test registered below and, as
# TALLYMARK_TEST_ENVIRONMENT, by tests/.
set(TALLYMARK_TEST_ENVIRONMENT
  "ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
  "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1"
  "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=${CMAKE_SOURCE_DIR}/tools/sanitizers/tsan.supp")

# Unit tests keep their folders in memory where there is plenty of it: most of their time was waiting for a disk to sync. What
# a disk keeps when it says so is for tests/crash.
set(TALLYMARK_UNIT_ENVIRONMENT ${TALLYMARK_TEST_ENVIRONMENT})
execute_process(COMMAND df --output=avail --block-size=1M /dev/shm OUTPUT_VARIABLE shm_room ERROR_QUIET)
string(REGEX MATCH "[0-9]+" shm_room "${shm_room}")
if(shm_room GREATER 2048)
  list(APPEND TALLYMARK_UNIT_ENVIRONMENT "TMPDIR=/dev/shm")
endif()

# There are a hundred and fifty programs beside the product, which is linked as it is shipped.
set(TALLYMARK_TEST_LINKER -fuse-ld=gold)

set(TALLYMARK_UNIT_TIMEOUT 120)
if(TALLYMARK_SANITIZER)
  set(TALLYMARK_UNIT_TIMEOUT 600)
endif()

function(tally_add_unit_test name library sources)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_test ${sources})
  tally_compile_options(${name}_test)
  tally_test_options(${name}_test)
  tally_precompile(${name}_test TESTS)
  target_link_options(${name}_test PRIVATE ${TALLYMARK_TEST_LINKER})
  target_link_libraries(${name}_test PRIVATE ${library} GTest::gmock GTest::gtest GTest::gtest_main)
  add_test(NAME ${name}_test COMMAND ${name}_test WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties(${name}_test PROPERTIES
    LABELS unit TIMEOUT ${TALLYMARK_UNIT_TIMEOUT} ENVIRONMENT "${TALLYMARK_UNIT_ENVIRONMENT}")
endfunction()

function(tally_add_fuzzer library source)
  get_filename_component(fuzzer "${source}" NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" subject "${fuzzer}")
  set(corpus "${CMAKE_SOURCE_DIR}/fuzz/corpus/${subject}")
  if(fuzzer STREQUAL subject)
    message(FATAL_ERROR "a fuzzer's file is named <subject>_fuzz.cc, not ${source}")
  endif()
  if(TALLYMARK_LIBFUZZER)
    add_executable(${fuzzer} ${source})
    target_link_options(${fuzzer} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz_${subject} COMMAND ${fuzzer} -runs=0 "${corpus}")
  else()
    add_executable(${fuzzer} ${source} "${CMAKE_SOURCE_DIR}/fuzz/replay_main.cc")
    add_test(NAME fuzz_${subject} COMMAND ${fuzzer} "${corpus}")
  endif()
  tally_compile_options(${fuzzer})
  target_link_options(${fuzzer} PRIVATE ${TALLYMARK_TEST_LINKER})
  target_link_libraries(${fuzzer} PRIVATE ${library})
  set_tests_properties(fuzz_${subject} PROPERTIES
    LABELS fuzz TIMEOUT ${TALLYMARK_UNIT_TIMEOUT} ENVIRONMENT "${TALLYMARK_TEST_ENVIRONMENT}"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
endfunction()

function(tally_add_bench library source)
  get_filename_component(bench "${source}" NAME_WE)
  add_executable(${bench} EXCLUDE_FROM_ALL ${source})
  tally_compile_options(${bench})
  target_link_libraries(${bench} PRIVATE ${library} benchmark::benchmark benchmark::benchmark_main)
  add_dependencies(benches ${bench})
endfunction()

# The rules of the repository, and the rules' own test: a broken tree must fail each of them.
function(tally_add_tidy_tests)
  set(script "${CMAKE_SOURCE_DIR}/tools/tidy.py")
  add_test(NAME tidy COMMAND "${Python3_EXECUTABLE}" "${script}" "${CMAKE_SOURCE_DIR}")
  add_test(NAME tidy_self_test COMMAND "${Python3_EXECUTABLE}" "${CMAKE_SOURCE_DIR}/tools/tidy_test.py")
  set_tests_properties(tidy tidy_self_test PROPERTIES LABELS lint TIMEOUT 60)
endfunction()

# The console's own tests (vitest, tsc, generated types are current). `./dev` puts a new enough Node.js on PATH.
function(tally_add_web_test)
  find_program(NPM_PROGRAM npm REQUIRED)
  add_test(NAME web COMMAND "${NPM_PROGRAM}" --prefix "${CMAKE_SOURCE_DIR}/web" test)
  set_tests_properties(web PROPERTIES LABELS web TIMEOUT 300)
endfunction()
