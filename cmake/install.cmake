# `cmake --install`: the program, and the library as a package that another CMake project finds with
# find_package(ffwd) and links as ffwd::ffwd. One shared library holds all layers but the command line, and brings the
# libraries below it along, so that a user of it needs none of their headers or packages.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(layers ${FFWD_LIBRARIES})
list(REMOVE_ITEM layers ffwd_cli)
set(held "")
foreach(layer IN LISTS layers)
  get_target_property(type ${layer} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    list(APPEND held ${layer})
  endif()
endforeach()

# A library needs a source of its own to be linked.
file(WRITE "${PROJECT_BINARY_DIR}/library.cpp" "// libffwd is made of the layers' libraries.\n")
add_library(ffwd_library SHARED "${PROJECT_BINARY_DIR}/library.cpp")
set_target_properties(ffwd_library PROPERTIES OUTPUT_NAME ffwd EXPORT_NAME ffwd VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
target_compile_features(ffwd_library INTERFACE cxx_std_20)
target_include_directories(ffwd_library INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>" "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
target_link_libraries(ffwd_library PRIVATE ${held} ffwd_options)
list(JOIN held "," held)
set_target_properties(ffwd_library PROPERTIES LINK_LIBRARY_OVERRIDE "WHOLE_ARCHIVE,${held}")  # nothing in it calls the layers
# Only ffwd's own names are seen outside: a program may use other versions of the libraries that it is built with.
target_link_options(ffwd_library PRIVATE "LINKER:--version-script=${PROJECT_SOURCE_DIR}/cmake/exports.map")
set_target_properties(ffwd_library PROPERTIES LINK_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/exports.map")
add_library(ffwd::ffwd ALIAS ffwd_library)

set(package "${CMAKE_INSTALL_LIBDIR}/cmake/ffwd")
install(TARGETS ffwd_library EXPORT ffwdTargets)
install(DIRECTORY include/ffwd DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT ffwdTargets NAMESPACE ffwd:: DESTINATION "${package}")
if(TARGET ffwd_program)
  install(TARGETS ffwd_program)
endif()
file(WRITE "${PROJECT_BINARY_DIR}/ffwdConfig.cmake" "include(\"\${CMAKE_CURRENT_LIST_DIR}/ffwdTargets.cmake\")\n")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/ffwdConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ffwdConfig.cmake" "${PROJECT_BINARY_DIR}/ffwdConfigVersion.cmake"
        DESTINATION "${package}")
