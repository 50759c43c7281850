# Tests. Per folder of tests/:
#   *_test.cpp  one executable <folder>_test, one CTest per test in it, <folder>.<Suite>.<Test>; those of folders in it
#               are part of it
#   *_test.py   one CTest each, <folder>.<name>, with the Python of .venv if there is one
# tests/exhaustive takes many minutes: `make check-all` runs it, `make test` does not.
# Each is labelled with its folder and finds the program and the checkout in FFWD_BINARY and FFWD_SOURCE_DIR: macros
# holding a string in C++, environment variables in Python.

find_package(GTest REQUIRED)
include(GoogleTest)

set(FFWD_BINARY "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/ffwd")
set(FFWD_PYTHON "${Python3_EXECUTABLE}")
if(EXISTS "${PROJECT_SOURCE_DIR}/.venv/bin/python")
  set(FFWD_PYTHON "${PROJECT_SOURCE_DIR}/.venv/bin/python")
endif()

function(ffwd_cpp_tests folder)
  add_executable(${folder}_test ${ARGN})
  set_target_properties(${folder}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  target_include_directories(${folder}_test PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${folder}_test PRIVATE ${FFWD_LIBRARIES} ffwd_options GTest::gtest_main)
  target_compile_definitions(${folder}_test PRIVATE
    FFWD_BINARY="${FFWD_BINARY}" FFWD_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(folder STREQUAL "cli" AND TARGET ffwd_program)
    add_dependencies(cli_test ffwd_program)
  endif()
  if(folder STREQUAL "table" AND TARGET ffwd_arrow)  # looked for beside the program, which here is the test
    add_dependencies(table_test ffwd_arrow)
    add_custom_command(TARGET table_test POST_BUILD VERBATIM COMMAND ${CMAKE_COMMAND} -E create_symlink
      "$<TARGET_FILE:ffwd_arrow>" "${PROJECT_BINARY_DIR}/tests/$<TARGET_FILE_NAME:ffwd_arrow>")
    target_compile_definitions(table_test PRIVATE FFWD_HAS_ARROW=1)
  endif()
  set(timeout 300)
  if(folder STREQUAL "exhaustive")
    set(timeout 3600)
  endif()
  # Found when CTest starts, not when the executable is built: a sanitized program is not run inside the build.
  gtest_discover_tests(${folder}_test DISCOVERY_MODE PRE_TEST TEST_PREFIX ${folder}. PROPERTIES LABELS ${folder} TIMEOUT ${timeout})
endfunction()

# ffwd_python_test(<name> <label> <timeout> <command> ...)
function(ffwd_python_test name label timeout)
  add_test(NAME ${name} COMMAND ${FFWD_PYTHON} ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${timeout} SKIP_RETURN_CODE 77
    ENVIRONMENT "FFWD_BINARY=${FFWD_BINARY};FFWD_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
endfunction()

file(GLOB directories CONFIGURE_DEPENDS LIST_DIRECTORIES true "${PROJECT_SOURCE_DIR}/tests/*")
foreach(directory IN LISTS directories)
  cmake_path(GET directory FILENAME folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${directory}/*_test.cpp")
  if(sources)
    ffwd_cpp_tests(${folder} ${sources})
  endif()
  file(GLOB scripts CONFIGURE_DEPENDS "${directory}/*_test.py")
  foreach(script IN LISTS scripts)
    cmake_path(GET script STEM name)
    ffwd_python_test(${folder}.${name} ${folder} 300 "${script}")
  endforeach()
endforeach()

# Odd and broken CSV files through the real program: the cases of tests/hostile, or of the folder that the
# environment variable FFWD_HOSTILE_DIR names when the test runs.
if(EXISTS "${PROJECT_SOURCE_DIR}/tests/hostile/run.py")
  ffwd_python_test(hostile hostile 600 "${PROJECT_SOURCE_DIR}/tests/hostile/run.py")
endif()

# Made-up CSV files through the program and the slow reference reader.
if(EXISTS "${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_csv.py")
  ffwd_python_test(fuzz_csv fuzz 600
    "${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_csv.py" --binary "${FFWD_BINARY}" --cases 300 --seed 1)
endif()
