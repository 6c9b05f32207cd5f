# Toolchain file of the wasm preset: finds Emscripten (3.1.69 or newer) and hands over to its own toolchain file.
# In this order: the tool folder of ./dev, $EMSDK, emcc on the PATH.
set(tools "$ENV{EDGEWISE_TOOLCHAIN_DIR}")
if(NOT tools)
  set(tools ${CMAKE_CURRENT_LIST_DIR}/../.toolchain)
endif()
find_program(EMCC emcc NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH
  PATHS ${tools}/emscripten/usr/share/emscripten $ENV{EMSDK}/upstream/emscripten ENV PATH)
if(NOT EMCC)
  message(FATAL_ERROR "Emscripten was not found. ./dev play sets it up on Debian; elsewhere install emsdk and run its emsdk_env script first.")
endif()
get_filename_component(folder ${EMCC} REALPATH)
get_filename_component(folder ${folder} DIRECTORY)
include(${folder}/cmake/Modules/Platform/Emscripten.cmake)
