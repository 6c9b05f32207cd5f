#include "core/formats/wav.h"

#include <cmath>
#include <optional>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise {

namespace {

constexpr std::uint16_t pcm = 1, ieee_float = 3, extensible = 0xfffe;
constexpr int most_channels = 8;

struct Format {
  std::uint16_t coding = 0, channels = 0, bits = 0;
  std::uint32_t sample_rate_hz = 0;
};

Result<Format> read_format(BytesView chunk, std::uint64_t offset) {
  if (chunk.size() < 16) return fail(text("the format has ", chunk.size(), " bytes, 16 are wanted"), "chunk 'fmt '", offset);
  ByteReader in(chunk);
  Format format;
  format.coding = *in.u16("coding");   // 16 bytes are there
  format.channels = *in.u16("channels");
  format.sample_rate_hz = *in.u32("sample rate");
  (void)in.skip(6, "byte rate and block size");
  format.bits = *in.u16("bits");
  if (format.coding == extensible) {   // the coding proper stands at the head of a longer form
    const auto skipped = in.skip(8, "extensible format");
    const auto coding = skipped ? in.u16("extensible format") : Result<std::uint16_t>(std::unexpected(skipped.error()));
    if (!coding) return fail("the extensible format is cut short", "chunk 'fmt '", offset);
    format.coding = *coding;
  }
  const bool is_known = (format.coding == pcm && (format.bits == 8 || format.bits == 16 || format.bits == 24 || format.bits == 32)) ||
                        (format.coding == ieee_float && format.bits == 32);
  if (!is_known)
    return fail(text("coding ", format.coding, " with ", format.bits, " bits; PCM (1) of 8, 16, 24 or 32 bits and floats (3) of 32 are read"), "chunk 'fmt '", offset, "Save it as 16-bit PCM");
  if (format.channels == 0 || format.channels > most_channels) return fail(text(format.channels, " channels; 1 to ", most_channels, " are read"), "chunk 'fmt '", offset);
  if (format.sample_rate_hz == 0) return fail("the sample rate is 0", "chunk 'fmt '", offset);
  return format;
}

/// One sample of `bits` at `at`.
float sample_at(const std::byte* at, const Format& format) {
  const auto byte = [&](int i) { return static_cast<std::uint32_t>(at[i]); };
  switch (format.bits) {
    case 8: return (static_cast<float>(byte(0)) - 128.0f) / 128.0f;
    case 16: return static_cast<float>(static_cast<std::int16_t>(byte(0) | byte(1) << 8)) / 32768.0f;
    case 24: return static_cast<float>(static_cast<std::int32_t>(byte(0) << 8 | byte(1) << 16 | byte(2) << 24)) / 2147483648.0f;
    default: break;
  }
  const std::uint32_t word = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
  return format.coding == ieee_float ? std::bit_cast<float>(word) : static_cast<float>(static_cast<std::int32_t>(word)) / 2147483648.0f;
}

}  // namespace

bool looks_like_wav(BytesView file) { return file.size() >= 12 && as_chars(file).starts_with("RIFF") && as_chars(file).substr(8, 4) == "WAVE"; }

Result<Sound> read_wav(BytesView file) {
  if (!looks_like_wav(file)) return fail("no WAVE file: it does not begin with RIFF and WAVE", {}, 0);
  ByteReader in(file);
  (void)in.skip(12, "header");
  std::optional<Format> format;
  while (in.remaining() >= 8) {
    const std::uint64_t offset = in.offset();
    const std::string_view name = as_chars(*in.take(4, "chunk name"));
    const std::uint32_t length = *in.u32("chunk length");
    const auto chunk = in.take(length, "chunk");
    if (!chunk) return fail(text("it says ", length, " bytes, the file has ", in.remaining()), text("chunk '", name, "'"), offset + 4);
    if (length % 2 == 1 && in.remaining() > 0) (void)in.skip(1, "padding");   // chunks stand at even bytes
    if (name == "fmt ") {
      const auto read = read_format(*chunk, offset + 8);
      if (!read) return std::unexpected(read.error());
      format = *read;
    }
    if (name != "data") continue;
    if (!format) return fail("the samples come before their format", "chunk 'data'", offset);
    const std::uint64_t width = format->bits / 8u, frame = width * format->channels;
    const std::uint64_t count = chunk->size() / frame * format->channels;   // a last frame that is cut is left out
    if (count == 0) return fail("there is no sample in it", "chunk 'data'", offset);
    if (count > limits::data_bytes / sizeof(float)) return fail(text(count, " samples need more than ", limits::data_bytes, " bytes as float32"), "chunk 'data'", offset, "Use shorter clips");
    Sound sound{format->sample_rate_hz, format->channels, {}};
    sound.samples.resize(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < sound.samples.size(); ++i) {
      sound.samples[i] = sample_at(chunk->data() + i * static_cast<std::size_t>(width), *format);
      if (!std::isfinite(sound.samples[i])) return fail(text("sample ", i, " is ", number(sound.samples[i])), "chunk 'data'", offset + 8 + i * width);
    }
    return sound;
  }
  return fail("there is no chunk 'data' in it", {}, in.offset());
}

}  // namespace edgewise
