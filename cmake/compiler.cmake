# How every source of the project is compiled.

set(FFWD_SANITIZE "" CACHE STRING "Sanitizers to build with: empty, 'address,undefined' or 'thread'")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release or Debug" FORCE)
endif()

find_program(FFWD_CCACHE ccache)
if(FFWD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${FFWD_CCACHE}")
endif()

# Usage requirements of every target. No contraction: a fused multiply-add is written where one is meant, so that
# every vector width and both compilers give the same bits. A designated initialiser names what differs from the
# defaults, so the members it leaves out are no mistake.
add_library(ffwd_options INTERFACE)
target_compile_options(ffwd_options INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wno-missing-field-initializers -Werror)

if(FFWD_SANITIZE)
  # -O1: the sanitizers' checks cost several times less than at -O0 and the traces stay readable.
  target_compile_options(ffwd_options INTERFACE
    -fsanitize=${FFWD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
  target_link_options(ffwd_options INTERFACE -fsanitize=${FFWD_SANITIZE})
endif()
