# Libraries of others: which, which version, from where.
#
#   library       version   used by                       natively                      in wasm
#   FlatBuffers   2.0.8     core/formats (headers only)   system package or download    the same headers
#   doctest       2.4.9     tests                         system package or download    the same header
#   zlib          1.3.1     core/formats (gzip, zip)      built from source             built from source
#   libspng       0.7.3     core/formats (PNG)            built from source             built from source
#   nanopb        0.4.7     core/formats (ONNX)           built from source             built from source
#   Dear ImGui    1.90.1    web                           built from source             built from source
#   SDL2          2.26 up   web/platform, native window    system package                not used
#
# For each but SDL2: sources or headers that ./dev has put into the tool folder, else the system's package, else a download.
include(FetchContent)
set(FETCHCONTENT_QUIET ON)
set(EDGEWISE_TOOLCHAIN_DIR "$ENV{EDGEWISE_TOOLCHAIN_DIR}" CACHE PATH "Where ./dev keeps tools and library sources.")
if(NOT EDGEWISE_TOOLCHAIN_DIR)
  set(EDGEWISE_TOOLCHAIN_DIR ${PROJECT_SOURCE_DIR}/.toolchain)
endif()

# A commit says exactly which source; FlatBuffers, libspng and nanopb are named by their release tags.
# edgewise_library(name repository commit [package arguments...])
# A wasm build never asks for the system's package: its include path would be /usr/include.
function(edgewise_library name repository commit)
  string(TOUPPER ${name} upper)
  set(local ${EDGEWISE_TOOLCHAIN_DIR}/src/${name})
  if(EXISTS ${local} AND NOT FETCHCONTENT_SOURCE_DIR_${upper})
    set(FETCHCONTENT_SOURCE_DIR_${upper} ${local})
    set(FETCHCONTENT_SOURCE_DIR_${upper} ${local} PARENT_SCOPE)
  endif()
  set(package)
  if(ARGN AND NOT EMSCRIPTEN AND NOT FETCHCONTENT_SOURCE_DIR_${upper})
    set(package FIND_PACKAGE_ARGS ${ARGN})
  endif()
  # No build script of theirs is run: the sources we need are listed below.
  FetchContent_Declare(${name} GIT_REPOSITORY ${repository} GIT_TAG ${commit} SOURCE_SUBDIR none ${package})
endfunction()

edgewise_library(imgui https://github.com/ocornut/imgui.git d6cb3c923d28dcebb2d8d9605ccc7229ccef19eb)
edgewise_library(doctest https://github.com/doctest/doctest.git b7c21ec5ceeadb4951b00396fc1e4642dd347e5f NAMES doctest)
edgewise_library(flatbuffers https://github.com/google/flatbuffers.git v2.0.8 NAMES FlatBuffers Flatbuffers)
edgewise_library(zlib https://github.com/madler/zlib.git 51b7f2abdade71cd9bb0e7a373ef2610ec6f9daf)
edgewise_library(spng https://github.com/randy408/libspng.git v0.7.3)
edgewise_library(nanopb https://github.com/nanopb/nanopb.git nanopb-0.4.7)
FetchContent_MakeAvailable(imgui doctest flatbuffers zlib spng nanopb)

# Header-only: one interface target each, whichever way it came.
function(edgewise_headers target system_target folder)
  add_library(${target} INTERFACE)
  if(TARGET ${system_target})
    target_link_libraries(${target} INTERFACE ${system_target})
  else()
    target_include_directories(${target} SYSTEM INTERFACE ${folder})
  endif()
endfunction()
edgewise_headers(edgewise_doctest doctest::doctest "${doctest_SOURCE_DIR}")
edgewise_headers(edgewise_flatbuffers flatbuffers::flatbuffers "${flatbuffers_SOURCE_DIR}/include")

# zlib and its minizip, only what reading and writing needs: #include <zlib.h>, <contrib/minizip/unzip.h>
add_library(edgewise_zlib STATIC)
foreach(file adler32 compress crc32 deflate inffast inflate inftrees trees uncompr zutil)
  target_sources(edgewise_zlib PRIVATE ${zlib_SOURCE_DIR}/${file}.c)
endforeach()
foreach(file ioapi unzip zip)
  target_sources(edgewise_zlib PRIVATE ${zlib_SOURCE_DIR}/contrib/minizip/${file}.c)
endforeach()
target_compile_definitions(edgewise_zlib PRIVATE NOCRYPT NOUNCRYPT)
target_include_directories(edgewise_zlib SYSTEM PUBLIC ${zlib_SOURCE_DIR})
target_compile_options(edgewise_zlib PRIVATE -w)

# libspng: #include <spng.h>. Its vector code for filters is left out: a picture of a few pixels does not need it.
add_library(edgewise_spng STATIC ${spng_SOURCE_DIR}/spng/spng.c)
target_compile_definitions(edgewise_spng PUBLIC SPNG_STATIC PRIVATE SPNG_DISABLE_OPT)
target_include_directories(edgewise_spng SYSTEM PUBLIC ${spng_SOURCE_DIR}/spng)
target_link_libraries(edgewise_spng PRIVATE edgewise_zlib)
target_compile_options(edgewise_spng PRIVATE -w)

# nanopb's wire format layer: #include <pb_decode.h>; the tests write with <pb_encode.h>. Fields are read by number, so no generated code.
add_library(edgewise_nanopb STATIC ${nanopb_SOURCE_DIR}/pb_common.c ${nanopb_SOURCE_DIR}/pb_decode.c ${nanopb_SOURCE_DIR}/pb_encode.c)
target_include_directories(edgewise_nanopb SYSTEM PUBLIC ${nanopb_SOURCE_DIR})
target_compile_options(edgewise_nanopb PRIVATE -w)

# SDL2 and OpenGL: the native window. The page needs neither: the browser has windows and WebGL of its own.
if(NOT EMSCRIPTEN)
  find_package(SDL2 QUIET)
  find_package(OpenGL QUIET)
endif()
if(SDL2_FOUND AND OpenGL_FOUND)
  add_library(edgewise_sdl2 INTERFACE)
  target_include_directories(edgewise_sdl2 SYSTEM INTERFACE ${SDL2_INCLUDE_DIRS})
  target_link_libraries(edgewise_sdl2 INTERFACE SDL2::SDL2 OpenGL::GL)
  set(EDGEWISE_HAS_WINDOW ON)
endif()
