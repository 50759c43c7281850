# Checks of the source tree that are part of the build: scripts/check_layers.py and scripts/check_mirrors.py.

find_package(Python3 REQUIRED COMPONENTS Interpreter)

file(GLOB_RECURSE checked CONFIGURE_DEPENDS
  include/*.h src/*.h src/*.cpp tests/*.h tests/*.cpp tests/*.py bench/*.h bench/*.cpp scripts/* cmake/*.cmake)
list(FILTER checked EXCLUDE REGEX "__pycache__")

# A file that went away is a change as well: the list of files is a file the checks depend on.
set(list "${PROJECT_BINARY_DIR}/checked.txt")
string(REPLACE ";" "\n" names "${checked}")
file(GENERATE OUTPUT "${list}" CONTENT "${names}\n")

set(stamps "")
foreach(check IN ITEMS layers mirrors)
  set(stamp "${PROJECT_BINARY_DIR}/check_${check}.stamp")
  add_custom_command(
    OUTPUT "${stamp}"
    COMMAND ${Python3_EXECUTABLE} "${PROJECT_SOURCE_DIR}/scripts/check_${check}.py" "${PROJECT_SOURCE_DIR}"
    COMMAND ${CMAKE_COMMAND} -E touch "${stamp}"
    DEPENDS ${checked} "${list}" "${PROJECT_SOURCE_DIR}/CMakeLists.txt"
    COMMENT "Checking ${check}"
    VERBATIM)
  list(APPEND stamps "${stamp}")
endforeach()
add_custom_target(checks ALL DEPENDS ${stamps})
