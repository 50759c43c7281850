# Generated tables: the one list of a family (losses, optimisers, verbs ...), written from the folder's sources.
#
# A member's file defines its row,
#     extern constinit const LossRow huber_row{ ... };
# and the family's header declares the function that returns all rows:
#     std::span<const LossRow* const> losses();
# The build defines that function in <build>/tables/<folder>_<function>_table.cpp, rows sorted by name. Adding a
# member is adding its file; nothing else is edited.

# ffwd_table(<folder> <row type> <function> <header>)
function(ffwd_table folder row function header)
  get_target_property(type ffwd_${folder} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY" OR NOT EXISTS "${PROJECT_SOURCE_DIR}/src/${header}")
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp")
  set(output "${PROJECT_BINARY_DIR}/tables/${folder}_${function}_table.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} -DROW=${row} -DFUNCTION=${function} -DHEADER=${header} "-DSOURCES=${sources}"
            "-DOUTPUT=${output}" -P "${PROJECT_SOURCE_DIR}/cmake/write_table.cmake"
    DEPENDS ${sources} "${PROJECT_SOURCE_DIR}/cmake/write_table.cmake"
    COMMENT "Writing the table ${function}()"
    VERBATIM)
  target_sources(ffwd_${folder} PRIVATE "${output}")
endfunction()
