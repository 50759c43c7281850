# Benchmarks, built by `cmake --build build/release --target bench` alone, into bin/bench/:
#   bench/floor*.cpp     yardsticks, nothing of ffwd in them; on x86 only. Those that write their vectors by lanes.h are
#                        built for AVX-512 and, as NAME_avx2, for AVX2; each says so when the machine lacks its own
#   bench/peer_*.cpp     other libraries
#   bench/limits.cpp     what the machine can do
#   bench/kernels.cpp    Google Benchmark, with the libraries of bench/products
#   bench/*.cpp          the others: linked with ffwd
# A program whose library is not there is left out: `scripts/setup --bench` installs them all. `bench-quick` is what
# `make bench-quick` needs, without kernels.

add_custom_target(bench-quick)
add_custom_target(bench)
add_dependencies(bench bench-quick)
if(TARGET ffwd_program)
  add_dependencies(bench-quick ffwd_program)
endif()
find_package(benchmark QUIET)
find_library(XSMM_LIBRARY xsmm)
find_library(XSMM_NO_BLAS_LIBRARY xsmmnoblas)
find_library(FANN_LIBRARY floatfann)
find_library(OPENBLAS_LIBRARY NAMES libopenblas.so.0 openblas PATH_SUFFIXES openblas-serial)
find_library(DNNL_LIBRARY dnnl)
set(XSMM ${XSMM_LIBRARY} ${XSMM_NO_BLAS_LIBRARY} ${CMAKE_DL_LIBS} pthread m)
set(is_x86 OFF)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  set(is_x86 ON)
endif()

# bench_program(NAME SOURCE TARGET [options...])
function(bench_program name source target)
  add_executable(bench_${name} EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/bench/${source}.cpp")
  target_compile_options(bench_${name} PRIVATE ${ARGN})
  set_target_properties(bench_${name} PROPERTIES
    OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/bench")
  add_dependencies(${target} bench_${name})
endfunction()

foreach(name ffwd_training ffwd_inference ffwd_reading write_workload)
  bench_program(${name} ${name} bench-quick)
  target_link_libraries(bench_${name} PRIVATE ${FFWD_LIBRARIES} ffwd_options)
endforeach()

if(is_x86)
  set(wide -O3 -ffp-contract=fast -march=x86-64-v4 -mprefer-vector-width=512)
  set(narrow -O3 -ffp-contract=fast -march=x86-64-v3)
  bench_program(floor floor bench-quick ${wide})
  bench_program(floor_avx2 floor_avx2 bench-quick ${narrow})
  bench_program(floor_tiny floor_tiny bench-quick ${wide} -ffast-math)
  bench_program(floor_tiny_avx2 floor_tiny bench-quick ${narrow} -ffast-math)
  bench_program(limits limits bench-quick ${wide})
  bench_program(limits_avx2 limits bench-quick ${narrow})
  if(XSMM_LIBRARY AND XSMM_NO_BLAS_LIBRARY)
    bench_program(floor_step floor_step bench-quick ${wide} -ffast-math)
    bench_program(floor_step_avx2 floor_step bench-quick ${narrow} -ffast-math)
    target_link_libraries(bench_floor_step PRIVATE ${XSMM})
    target_link_libraries(bench_floor_step_avx2 PRIVATE ${XSMM})
  endif()
endif()

if(FANN_LIBRARY)
  bench_program(peer_fann peer_fann bench-quick -O3)
  target_link_libraries(bench_peer_fann PRIVATE ${FANN_LIBRARY})
endif()

# The products of other libraries, for bench/kernels.cpp: a file of bench/products each, and the list of those found.
set(libraries "")
set(declared "")
set(listed "")
set(linked "")
function(bench_library name link)
  set(libraries ${libraries} "${PROJECT_SOURCE_DIR}/bench/products/${name}.cpp" PARENT_SCOPE)
  set(declared "${declared}ProductRun make_${name}(const ProductShape&);\n" PARENT_SCOPE)
  set(listed "${listed}    Library{\"${name}\", make_${name}},\n" PARENT_SCOPE)
  set(linked ${linked} ${link} PARENT_SCOPE)
endfunction()
if(OPENBLAS_LIBRARY)
  bench_library(openblas "${OPENBLAS_LIBRARY}")
endif()
if(DNNL_LIBRARY)
  bench_library(onednn "${DNNL_LIBRARY}")
endif()
if(XSMM_LIBRARY AND XSMM_NO_BLAS_LIBRARY)
  bench_library(libxsmm "${XSMM}")
endif()
set(list "${PROJECT_BINARY_DIR}/bench/libraries.cpp")
file(CONFIGURE OUTPUT "${list}" CONTENT [[
#include <vector>

#include "products/products.h"

namespace bench {

@declared@
std::span<const Library> libraries() {
  static const std::vector<Library> found = {
@listed@  };
  return found;
}

}  // namespace bench
]] @ONLY)

if(benchmark_FOUND)
  bench_program(kernels kernels bench)
  target_sources(bench_kernels PRIVATE ${libraries} "${list}")
  target_include_directories(bench_kernels PRIVATE "${PROJECT_SOURCE_DIR}/bench")
  target_link_libraries(bench_kernels PRIVATE ${FFWD_LIBRARIES} ffwd_options benchmark::benchmark ${linked})
endif()
