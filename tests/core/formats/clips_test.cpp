// Folders of sounds and pictures as data sets.
#include "core/formats/clips.h"

#include <doctest/doctest.h>

#include "core/formats/unpack.h"
#include "tests/support/png_bytes.h"
#include "tests/support/wav_bytes.h"

using namespace edgewise;
using test::png_bytes;
using test::wav_bytes;

namespace {

std::string why(std::span<const DataFile> files) {
  const auto read = load_dataset(files);
  return read ? std::string() : to_text(read.error());
}

}  // namespace

TEST_CASE("pictures in folders become samples in [0, 1], classes in the order of their names") {
  const Bytes dark = png_bytes(2, 1, 1, {0, 51}), light = png_bytes(2, 1, 1, {255, 204});   // 51 / 255 = 0.2, 204 / 255 = 0.8
  const DataFile files[] = {{"set/seven/b.png", light}, {"set/one/z.PNG", dark}, {"set/seven/a.png", dark}};
  const auto data = load_dataset(files);
  CHECK(data.has_value());
  if (!data) return;
  CHECK(data->sample == Shape{1, 2, 1});
  CHECK(data->class_names == std::vector<std::string>{"one", "seven"});
  CHECK(data->labels == std::vector<std::int32_t>{0, 1, 1});
  CHECK(data->x == std::vector<float>{0.0f, 0.2f, 0.0f, 0.2f, 1.0f, 0.8f});
  CHECK(data->origin == "from 3 pictures");
}

TEST_CASE("shorter sounds are filled up with silence, and the origin says so") {
  const Bytes longer = wav_bytes({.bits = 8}, {192, 64, 128}), shorter = wav_bytes({.bits = 8}, {64});
  const DataFile files[] = {{"no/a.wav", longer}, {"yes/a.wav", shorter}};
  const auto data = load_dataset(files);
  CHECK(data.has_value());
  if (!data) return;
  CHECK(data->sample == Shape{3});
  CHECK(data->x == std::vector<float>{0.5f, -0.5f, 0.0f, -0.5f, 0.0f, 0.0f});
  CHECK(data->origin == "from 2 sounds, 1 shorter ones filled up with silence");
}

TEST_CASE("a zip of folders is the same data set, without what macOS adds to it") {
  const Bytes one = png_bytes(1, 1, 1, {255}), two = png_bytes(1, 1, 1, {0});
  const Bytes zip = pack_zip({{"b/1.png", one}, {"__MACOSX/b/._1.png", {}}, {"a/2.png", two}, {"notes.txt", {}}});
  const DataFile file{"pictures.zip", zip};
  const auto data = load_dataset({&file, 1});
  CHECK(data.has_value());
  if (!data) return;
  CHECK(data->class_names == std::vector<std::string>{"a", "b"});
  CHECK(data->x == std::vector<float>{0.0f, 1.0f});
}

TEST_CASE("clips that do not belong together are refused by name") {
  const Bytes small = png_bytes(1, 1, 1, {1}), wide = png_bytes(2, 1, 1, {1, 2}), sound = wav_bytes({.bits = 8}, {1}), slow = wav_bytes({.sample_rate_hz = 8000, .bits = 8}, {1}),
              stereo = wav_bytes({.channels = 2, .bits = 8}, {1, 2});
  const DataFile sizes[] = {{"a/1.png", small}, {"a/2.png", wide}};
  CHECK(why(sizes) == "a/2.png: it is 1x2x1, the first picture 1x1x1 (height, width, channels). Scale all pictures to one size");
  const DataFile kinds[] = {{"a/1.png", small}, {"a/2.wav", sound}};
  CHECK(why(kinds) == "a/2.wav: sounds and pictures in one data set");
  const DataFile rates[] = {{"a/1.wav", sound}, {"a/2.wav", slow}};
  CHECK(why(rates) == "a/2.wav: it has 8000 samples a second, the first clip 16000. Bring all clips to one rate");
  const DataFile channels[] = {{"a/1.wav", sound}, {"a/2.wav", stereo}};
  CHECK(why(channels).starts_with("a/2.wav: 2 channels, the first clip has 1"));
  const DataFile homeless[] = {{"1.png", small}, {"a/2.png", small}};
  CHECK(why(homeless).starts_with("a/2.png: some clips stand in a folder and some do not"));
  const DataFile broken[] = {{"a/1.png", small}, {"a/2.png", BytesView(small).first(20)}};
  CHECK(why(broken).starts_with("a/2.png, PNG header: "));
}

TEST_CASE("clips without folders are samples without labels") {
  const Bytes one = png_bytes(1, 1, 1, {255});
  const DataFile files[] = {{"1.png", one}, {"2.png", one}};
  const auto data = load_dataset(files);
  CHECK(data.has_value());
  if (data) CHECK((data->rows() == 2 && data->labels.empty() && data->class_names.empty()));
}
