# SPDX-License-Identifier: Apache-2.0
#
# One call per folder of src/:
#
#   tally_module(NAME journal
#     SOURCES  writer.cc writer.h reader.cc      compiled into the static library tally_journal (headers optional)
#     DEPS     base model                        other modules; becomes a PUBLIC link to tally_base tally_model
#     LIBS     tally::xxhash                     third-party targets, see dependencies.cmake
#     TESTS    writer_test.cc                    together one GoogleTest executable journal_test, ctest label unit
#     FUZZERS  segment_fuzz.cc                   executable segment_fuzz, ctest name fuzz_segment, label fuzz
#     BENCHES  writer_bench.cc                   executable writer_bench (google-benchmark), target `benches`
#     ONE_THREAD)                                its tests have one thread: none in the build for ThreadSanitizer
#
# A nested folder joins its path with an underscore: src/links/sqlite is NAME links_sqlite.
# A module without SOURCES is header-only (an INTERFACE library).
#
# TESTS run with the repository root as working folder, so fixtures are opened as "tests/fixtures/…", and must write
# only below the temporary folder. They link gtest_main and gmock.
#
# FUZZERS define LLVMFuzzerTestOneInput. With preset fuzz they are libFuzzer binaries; in every other build they
# are linked with fuzz/replay_main.cc, which runs the empty input and all of fuzz/corpus/<x>/ (x of x_fuzz.cc); in one
# thread, so the build for ThreadSanitizer has none.
#
# Mutants are the product with one promise broken on purpose, for the crash tests that must catch it:
#
#   tally_mutant(NAME answer_first SOURCES redirect/turn.cc DEFINES TALLYMARK_MUTANT_ANSWER_FIRST)
#
# gives the executable tallymark_mutant_answer_first (target `mutants`, not part of `all`). SOURCES, relative to src/,
# are compiled again with DEFINES and stand before tally_cli on the link line: their symbols are already there
# when the archives are searched, so the archive's own copy of the file is never pulled in.

add_custom_target(benches)
add_custom_target(mutants)

function(tally_module)
  cmake_parse_arguments(PARSE_ARGV 0 arg "ONE_THREAD" "NAME" "SOURCES;DEPS;LIBS;TESTS;FUZZERS;BENCHES")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_NAME)
    message(FATAL_ERROR "tally_module(NAME ${arg_NAME} …): unknown or missing argument ${arg_UNPARSED_ARGUMENTS}")
  endif()

  set(library tally_${arg_NAME})
  list(TRANSFORM arg_DEPS PREPEND tally_)
  if(arg_SOURCES)
    add_library(${library} STATIC ${arg_SOURCES})
    target_include_directories(${library} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${library} PUBLIC ${arg_DEPS} ${arg_LIBS})
    tally_compile_options(${library})
    tally_precompile(${library})
  else()
    add_library(${library} INTERFACE)
    target_include_directories(${library} INTERFACE "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${library} INTERFACE ${arg_DEPS} ${arg_LIBS})
  endif()

  if(TALLYMARK_TESTS AND (NOT TALLYMARK_TEST_MODULES OR arg_NAME IN_LIST TALLYMARK_TEST_MODULES))
    if(NOT TALLYMARK_SANITIZER STREQUAL "tsan")
      foreach(source IN LISTS arg_FUZZERS)
        tally_add_fuzzer(${library} ${source})
      endforeach()
    elseif(arg_ONE_THREAD)
      set(arg_TESTS)
    endif()
    tally_add_unit_test(${arg_NAME} ${library} "${arg_TESTS}")
    foreach(source IN LISTS arg_BENCHES)
      tally_add_bench(${library} ${source})
    endforeach()
  endif()
endfunction()

function(tally_mutant)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "SOURCES;DEFINES")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_NAME OR NOT arg_SOURCES OR NOT arg_DEFINES)
    message(FATAL_ERROR "tally_mutant(NAME … SOURCES … DEFINES …): got ${ARGV}")
  endif()
  set(mutant tallymark_mutant_${arg_NAME})
  list(TRANSFORM arg_SOURCES PREPEND "${CMAKE_SOURCE_DIR}/src/")
  add_executable(${mutant} EXCLUDE_FROM_ALL "${CMAKE_SOURCE_DIR}/src/main.cc" ${arg_SOURCES})
  target_compile_definitions(${mutant} PRIVATE ${arg_DEFINES})
  tally_compile_options(${mutant})
  target_link_options(${mutant} PRIVATE ${TALLYMARK_TEST_LINKER})
  target_link_libraries(${mutant} PRIVATE tally_cli)
  set_target_properties(${mutant} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  add_dependencies(mutants ${mutant})
endfunction()
