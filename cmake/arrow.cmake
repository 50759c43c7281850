# libffwd_arrow.so, the plugin for Parquet and Arrow files, built where Apache Arrow's C++ library is found: in the
# pyarrow wheel of .venv, whose version is pinned, else as an installed package. ffwd loads it from beside the program.

option(FFWD_ARROW "Build the plugin for Parquet and Arrow files if Apache Arrow is there" ON)
if(NOT FFWD_ARROW)
  return()
endif()

# Looked for at each configuration: .venv comes and goes.
file(GLOB wheel "${PROJECT_SOURCE_DIR}/.venv/lib/python3*/site-packages/pyarrow")
if(wheel)
  list(GET wheel 0 wheel)
  file(GLOB arrow_libraries "${wheel}/libarrow.so.*" "${wheel}/libparquet.so.*")
  set(arrow_includes "${wheel}/include")
  set(arrow_rpath "${wheel}")
  set(arrow_installed_rpath "$ORIGIN/ffwd")  # where install puts copies of them: .venv may go
  set(arrow_from "pyarrow in .venv")
else()
  find_package(Arrow QUIET)
  find_package(Parquet QUIET)
  if(NOT Arrow_FOUND OR NOT Parquet_FOUND)
    message(STATUS "Parquet and Arrow files: not built (make parquet fetches Apache Arrow)")
    return()
  endif()
  set(arrow_libraries Arrow::arrow_shared Parquet::parquet_shared)
  set(arrow_includes "")
  set(arrow_rpath "")
  set(arrow_installed_rpath "")
  set(arrow_from "Arrow ${Arrow_VERSION}")
endif()
message(STATUS "Parquet and Arrow files: built with ${arrow_from}")

add_library(ffwd_arrow MODULE "${PROJECT_SOURCE_DIR}/src/table/arrow_plugin/arrow_plugin.cpp")
target_include_directories(ffwd_arrow PRIVATE "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
target_include_directories(ffwd_arrow SYSTEM PRIVATE ${arrow_includes})
target_link_libraries(ffwd_arrow PRIVATE ${arrow_libraries} ffwd_warnings)
# Nothing but the entry is seen outside, and the libraries are found with no environment variable set. The sanitizers
# stay out: Arrow is built without, and half of a library under them reports what is not there.
set_target_properties(ffwd_arrow PROPERTIES
  CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
  LIBRARY_OUTPUT_DIRECTORY "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}"
  BUILD_RPATH "${arrow_rpath}" INSTALL_RPATH "${arrow_installed_rpath}")
if(TARGET ffwd_program)
  add_dependencies(ffwd_program ffwd_arrow)
endif()
if(PROJECT_IS_TOP_LEVEL)
  include(GNUInstallDirs)
  install(TARGETS ffwd_arrow LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  if(wheel)
    install(FILES ${arrow_libraries} DESTINATION ${CMAKE_INSTALL_LIBDIR}/ffwd)
  endif()
endif()
