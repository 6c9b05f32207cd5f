#include "core/formats/png.h"

#include <memory>

#include <spng.h>

#include "core/base/text.h"

namespace edgewise {

namespace {

constexpr std::uint32_t most_pixels = 4096;         // of a side
constexpr std::size_t most_chunk = 1u << 20;        // of text, palette and the like
constexpr std::size_t most_chunks = 4u << 20;

using Context = std::unique_ptr<spng_ctx, decltype([](spng_ctx* context) { spng_ctx_free(context); })>;

}  // namespace

bool looks_like_png(BytesView file) { return as_chars(file).starts_with("\x89PNG\r\n\x1a\n"); }

Result<Picture> read_png(BytesView file) {
  const Context context(spng_ctx_new(0));
  if (!context) return fail("there is no memory for the decoder");
  spng_set_image_limits(context.get(), most_pixels, most_pixels);
  spng_set_chunk_limits(context.get(), most_chunk, most_chunks);
  spng_ihdr header{};
  int status = spng_set_png_buffer(context.get(), file.data(), file.size());
  if (status == 0) status = spng_get_ihdr(context.get(), &header);
  if (status == SPNG_EUSER_WIDTH || status == SPNG_EUSER_HEIGHT)
    return fail(text("it is larger than ", most_pixels, " by ", most_pixels, " pixels, the limit"), "PNG header", 16, "Scale it to the size the model takes");
  if (status != 0) return fail(spng_strerror(status), "PNG header");
  Picture picture;
  picture.height = static_cast<int>(header.height), picture.width = static_cast<int>(header.width);
  const bool is_grey = header.color_type == SPNG_COLOR_TYPE_GRAYSCALE || header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA;
  picture.channels = is_grey ? 1 : 3;
  std::vector<std::uint8_t> colours(std::size_t{header.height} * header.width * 3);   // at most 48 MiB, by the limits
  status = spng_decode_image(context.get(), colours.data(), colours.size(), SPNG_FMT_RGB8, 0);
  if (status != 0) return fail(spng_strerror(status), "PNG contents");
  if (!is_grey) {
    picture.pixels = std::move(colours);
    return picture;
  }
  picture.pixels.resize(colours.size() / 3);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) picture.pixels[i] = colours[3 * i];
  return picture;
}

}  // namespace edgewise
