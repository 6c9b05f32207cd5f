# How our own code is compiled. Libraries of others are compiled as they are, without warnings.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})  # build/release/edgewise, build/debug/edgewise_tests

# -O1: under the sanitizers -O0 makes the tests several times slower; -O1 stays readable in a debugger.
# -g1: a report names file and line, and the build takes two thirds of the time that -g takes.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")

if(EDGEWISE_SANITIZE)
  # Every object, libraries included: AddressSanitizer checks containers only when all code that touches them agrees.
  add_compile_options(-fsanitize=${EDGEWISE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${EDGEWISE_SANITIZE})
endif()

if(EDGEWISE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)   # the fuzzer sees which branches of any object an input takes
endif()

if(EMSCRIPTEN)
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
  set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
  add_compile_options(-msimd128)  # runs in every current browser; vector types in core/kernels/simd become SIMD128
endif()

# edgewise_flags(target): warnings are errors; no exceptions and no RTTI (errors are values, see core/base/result.h);
# a float expression means the same on every machine (no fused multiply-add behind our back, no -ffast-math).
function(edgewise_flags target)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wconversion -Wshadow
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # a false alarm inside std::string: GCC bug 105651
    $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion>  # part of -Wconversion there, not in g++: both ask for the same
    $<$<AND:$<CXX_COMPILER_ID:Clang>,$<NOT:$<BOOL:${EMSCRIPTEN}>>>:-Wno-deprecated-declarations>  # libstdc++ 12 itself, inside std::stable_sort
    $<$<BOOL:${EDGEWISE_WERROR}>:-Werror>
    $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions;-fno-rtti> -ffp-contract=off)
endfunction()
