# cmake -DINPUT=file -DNAME=identifier -DOUTPUT=path/without/ending -P embed.cmake
# Writes a C++ header and source with the bytes of a file.
file(READ ${INPUT} hex HEX)
file(SIZE ${INPUT} size)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT}.h "// Made from a file of the source tree by web/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace edgewise::embedded {
extern const std::span<const unsigned char> ${NAME};
extern const std::string_view ${NAME}_text;  // the same bytes
}  // namespace edgewise::embedded
")
file(WRITE ${OUTPUT}.cpp "#include \"${NAME}.h\"

namespace edgewise::embedded {
static constexpr unsigned char data[${size} + 1] = {
${bytes}0};
const std::span<const unsigned char> ${NAME}(data, ${size});
const std::string_view ${NAME}_text(reinterpret_cast<const char*>(data), ${size});
}  // namespace edgewise::embedded
")
