# Benchmarks, built by `cmake --build build/release --target bench` alone, into bin/bench/:
#   bench/floor*.cpp    yardsticks written out by hand with AVX-512 or AVX2, nothing of ffwd in them; built on any x86
#                       machine, they say for themselves when it lacks the instructions
#   bench/*.cpp         the others: linked with ffwd and Google Benchmark

add_custom_target(bench)
if(TARGET ffwd_program)
  add_dependencies(bench ffwd_program)
endif()
find_package(benchmark QUIET)

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/*.cpp")
foreach(source IN LISTS sources)
  cmake_path(GET source STEM name)
  if(name MATCHES "^floor")
    if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
      continue()
    endif()
    set(march x86-64-v4)
    if(name MATCHES "avx2")
      set(march x86-64-v3)
    endif()
    add_executable(bench_${name} EXCLUDE_FROM_ALL "${source}")
    target_compile_options(bench_${name} PRIVATE -O3 -march=${march})
  elseif(benchmark_FOUND)
    add_executable(bench_${name} EXCLUDE_FROM_ALL "${source}")
    target_link_libraries(bench_${name} PRIVATE ${FFWD_LIBRARIES} ffwd_options benchmark::benchmark_main)
  else()
    continue()
  endif()
  set_target_properties(bench_${name} PROPERTIES
    OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/bench")
  add_dependencies(bench bench_${name})
endforeach()
