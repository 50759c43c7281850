# Libraries of others. Each is linked by one folder of src/ (fmt and nlohmann-json by all).

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(hwy REQUIRED)
find_package(ZLIB REQUIRED)
find_package(zstd REQUIRED)
find_package(FastFloat REQUIRED)
find_package(CLI11 REQUIRED)

set(FFWD_FOREIGN_core fmt::fmt nlohmann_json::nlohmann_json Threads::Threads)
set(FFWD_FOREIGN_kernels hwy::hwy)
set(FFWD_FOREIGN_table ZLIB::ZLIB zstd::libzstd_shared FastFloat::fast_float ${CMAKE_DL_LIBS})
set(FFWD_FOREIGN_cli CLI11::CLI11)
