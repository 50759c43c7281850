# One library ffwd_<folder> per folder of src/, and the program from src/cli/main.cpp.

set(FFWD_LIBRARIES "")

# What `ffwd version` says of the build: "gcc 12.2.0 release", "clang 19.1.7 debug address,undefined".
string(TOLOWER "${CMAKE_CXX_COMPILER_ID}" compiler)
string(REPLACE "gnu" "gcc" compiler "${compiler}")
string(TOLOWER "${CMAKE_BUILD_TYPE} ${FFWD_SANITIZE}" build_type)
string(STRIP "${compiler} ${CMAKE_CXX_COMPILER_VERSION} ${build_type}" FFWD_BUILD)

# Adds the library of one folder, on top of all libraries added so far. A folder of headers alone is an INTERFACE
# library, so that it can be linked like any other.
function(ffwd_layer folder)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp")
  list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
  if(sources)
    add_library(ffwd_${folder} STATIC ${sources})
    set(public PUBLIC)
    set(private PRIVATE)
  else()
    add_library(ffwd_${folder} INTERFACE)
    set(public INTERFACE)
    set(private INTERFACE)
  endif()
  target_include_directories(ffwd_${folder} ${public} "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(ffwd_${folder} ${public} ${FFWD_LIBRARIES} ${private} ffwd_options)
  if(folder STREQUAL "kernels" AND FFWD_SANITIZE)
    target_compile_options(ffwd_kernels ${private} -O1)  # vector code without inlining would be all of the time
  endif()
  if(folder STREQUAL "core")
    target_link_libraries(ffwd_core ${public} ${FFWD_FOREIGN_core})
    target_compile_definitions(ffwd_core ${private} FFWD_VERSION="${PROJECT_VERSION}" FFWD_BUILD="${FFWD_BUILD}")
  else()
    target_link_libraries(ffwd_${folder} ${private} ${FFWD_FOREIGN_${folder}})
  endif()
  if(folder STREQUAL "table")  # where an installed ffwd looks for the plugin of cmake/arrow.cmake
    target_compile_definitions(ffwd_table ${private}
      FFWD_LIBRARY_FOLDER="${CMAKE_INSTALL_LIBDIR}" FFWD_INSTALLED_LIBRARY_FOLDER="${CMAKE_INSTALL_FULL_LIBDIR}")
  endif()
endfunction()

foreach(folder IN LISTS FFWD_LAYERS)
  if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/src/${folder}")
    ffwd_layer(${folder})
    list(PREPEND FFWD_LIBRARIES ffwd_${folder})
  endif()
endforeach()

# Neither target is called ffwd, the name of the program and of the library alike: to the build tool both are files too.
if(EXISTS "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
  add_executable(ffwd_program "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
  set_target_properties(ffwd_program PROPERTIES OUTPUT_NAME ffwd)
  target_link_libraries(ffwd_program PRIVATE ${FFWD_LIBRARIES} ffwd_options)
endif()
