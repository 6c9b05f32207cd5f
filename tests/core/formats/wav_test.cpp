// WAVE files written by hand, field by field as the format's specification has them.
#include "core/formats/wav.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "tests/support/wav_bytes.h"

using namespace edgewise;
using test::wav_bytes;
using test::WavFields;

namespace {

std::string why(const Bytes& file) {
  const auto read = read_wav(file);
  return read ? std::string() : to_text(read.error());
}

}  // namespace

TEST_CASE("a sample of each coding means its fraction of full scale") {
  struct Case { WavFields fields; std::vector<int> bytes; std::vector<float> samples; };
  const Case cases[] = {
      {{.bits = 8}, {0, 128, 255}, {-1.0f, 0.0f, 127.0f / 128}},                                          // unsigned around 128
      {{.bits = 16}, {0, 0x80, 0, 0, 0xff, 0x7f}, {-1.0f, 0.0f, 32767.0f / 32768}},
      {{.bits = 24}, {0, 0, 0x80, 0, 0, 0x40}, {-1.0f, 0.5f}},                                            // 0x400000 of 0x800000
      {{.bits = 32}, {0, 0, 0, 0x80, 0, 0, 0, 0xc0}, {-1.0f, -0.5f}},
      {{.coding = 3, .bits = 32}, {0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf}, {1.0f, -0.5f}},                      // IEEE 754: 0x3f800000, 0xbf000000
  };
  for (const Case& c : cases) {
    CAPTURE(c.fields.bits);
    const auto sound = read_wav(wav_bytes(c.fields, c.bytes));
    CHECK(sound.has_value());
    if (sound) CHECK(sound->samples == c.samples);
  }
}

TEST_CASE("channels of a frame stand together, a cut last frame is left out, other chunks are passed over") {
  const auto sound = read_wav(wav_bytes({.channels = 2, .sample_rate_hz = 8000, .bits = 8, .has_list = true}, {128, 192, 64, 128, 0}));
  CHECK(sound.has_value());
  if (!sound) return;
  CHECK(sound->sample_rate_hz == 8000);
  CHECK(sound->channels == 2);
  CHECK(sound->frames() == 2);
  CHECK(sound->samples == std::vector<float>{0.0f, 0.5f, -0.5f, 0.0f});
}

TEST_CASE("the extensible form names its coding further on") {
  const auto sound = read_wav(wav_bytes({.coding = 3, .bits = 32, .is_extensible = true}, {0, 0, 0x80, 0x3f}));
  CHECK(sound.has_value());
  if (sound) CHECK(sound->samples == std::vector<float>{1.0f});
}

TEST_CASE("a file that cannot be read says which chunk, which byte and what would do") {
  CHECK(why({}) == "byte 0: no WAVE file: it does not begin with RIFF and WAVE");
  CHECK(why(wav_bytes({.coding = 85, .bits = 16}, {0, 0})) ==   // 85: MPEG layer 3
        "byte 20, chunk 'fmt ': coding 85 with 16 bits; PCM (1) of 8, 16, 24 or 32 bits and floats (3) of 32 are read. Save it as 16-bit PCM");
  CHECK(why(wav_bytes({.channels = 9, .bits = 8}, {0})).find("9 channels") != std::string::npos);
  CHECK(why(wav_bytes({.sample_rate_hz = 0, .bits = 8}, {0})).find("sample rate is 0") != std::string::npos);
  CHECK(why(wav_bytes({.bits = 16}, {})).find("no sample") != std::string::npos);
  CHECK(why(wav_bytes({.coding = 3, .bits = 32}, {0, 0, 0xc0, 0x7f})).find("sample 0 is nan") != std::string::npos);
  Bytes longer = wav_bytes({.bits = 8}, {1, 2, 3, 4});
  longer[longer.size() - 8] = std::byte{200};   // the length of 'data', 4 bytes before its 4 samples
  CHECK(why(longer).find("it says 200 bytes, the file has 4") != std::string::npos);
}

TEST_CASE("a file cut at any byte gives a sentence or fewer samples") {
  const Bytes whole = wav_bytes({.bits = 16, .has_list = true}, {1, 2, 3, 4, 5, 6});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(why(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))).empty());   // the data chunk always is cut or missing
  }
}
