#include "core/formats/clips.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/png.h"
#include "core/formats/wav.h"

namespace edgewise {

namespace {

/// One sample of either kind, before its length is that of the others.
struct Clip {
  Shape shape;                       // of a sound: [frames, channels]
  std::vector<float> values;
  std::uint32_t sample_rate_hz = 0;  // 0: a picture
};

Result<Clip> read_clip(BytesView bytes) {
  Clip clip;
  if (looks_like_wav(bytes)) {
    auto sound = read_wav(bytes);
    if (!sound) return std::unexpected(sound.error());
    clip.shape = Shape{static_cast<std::int64_t>(sound->frames()), sound->channels};
    clip.values = std::move(sound->samples);
    clip.sample_rate_hz = sound->sample_rate_hz;
    return clip;
  }
  const auto picture = read_png(bytes);
  if (!picture) return std::unexpected(picture.error());
  clip.shape = Shape{picture->height, picture->width, picture->channels};
  clip.values.reserve(picture->pixels.size());
  for (const std::uint8_t pixel : picture->pixels) clip.values.push_back(static_cast<float>(pixel) / 255.0f);
  return clip;
}

/// The folder a file stands in, without those above; empty where it stands in none.
std::string_view class_of(std::string_view name) {
  const std::size_t end = name.rfind('/');
  if (end == std::string_view::npos) return {};
  const std::size_t before = name.rfind('/', end - 1);
  return end == 0 ? std::string_view() : name.substr(before == std::string_view::npos ? 0 : before + 1, end - (before == std::string_view::npos ? 0 : before + 1));
}

/// Is `clip` of the kind of the first one?
Result<void> same_kind(const Clip& first, const Clip& clip) {
  if ((first.sample_rate_hz == 0) != (clip.sample_rate_hz == 0)) return fail("sounds and pictures in one data set");
  if (first.sample_rate_hz != clip.sample_rate_hz)
    return fail(text("it has ", clip.sample_rate_hz, " samples a second, the first clip ", first.sample_rate_hz), {}, {}, "Bring all clips to one rate");
  if (first.sample_rate_hz != 0 && first.shape[1] != clip.shape[1]) return fail(text(clip.shape[1], " channels, the first clip has ", first.shape[1]), {}, {}, "Bring all clips to one number of channels");
  if (first.sample_rate_hz == 0 && first.shape != clip.shape)
    return fail(text("it is ", to_text(clip.shape), ", the first picture ", to_text(first.shape), " (height, width, channels)"), {}, {}, "Scale all pictures to one size");
  return {};
}

}  // namespace

bool is_clip(std::string_view name) {
  std::string ending(name.substr(name.size() - std::min<std::size_t>(4, name.size())));
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return ending == ".wav" || ending == ".png";
}

Result<Dataset> read_clips(std::span<const DataFile> files) {
  if (files.empty()) return fail("there is no .wav or .png file in it");
  if (files.size() > limits::clips) return fail(text(files.size(), " files, the limit is ", limits::clips));
  std::vector<const DataFile*> sorted;
  for (const DataFile& file : files) sorted.push_back(&file);
  std::sort(sorted.begin(), sorted.end(), [](const DataFile* a, const DataFile* b) {
    const std::string_view of_a = class_of(a->name), of_b = class_of(b->name);
    return of_a != of_b ? of_a < of_b : a->name < b->name;
  });

  Dataset data;
  std::vector<Clip> clips;
  std::uint64_t longest = 0;
  for (const DataFile* file : sorted) {
    const auto refuse = [&](Error error) {
      error.file = file->name;
      return std::unexpected(std::move(error));
    };
    auto clip = read_clip(file->bytes);
    if (!clip) return refuse(clip.error());
    if (!clips.empty())
      if (auto same = same_kind(clips.front(), *clip); !same) return refuse(same.error());
    longest = std::max<std::uint64_t>(longest, clip->values.size());
    clips.push_back(std::move(*clip));
    if (longest * clips.size() > limits::data_bytes / sizeof(float))
      return refuse(Error{.reason = text("with it the samples need more than ", limits::data_bytes, " bytes as float32, the limit"), .offset = {}, .where = {}, .file = {}, .advice = "Use fewer or shorter clips"});
    const std::string_view name = class_of(file->name);
    if (name.empty() != class_of(sorted.front()->name).empty())
      return refuse(Error{.reason = "some clips stand in a folder and some do not: which class it is of is not known", .offset = {}, .where = {}, .file = {}, .advice = "Put each into a folder named after its class"});
    if (name.empty()) continue;
    if (data.class_names.empty() || data.class_names.back() != name) data.class_names.emplace_back(name);
    if (data.class_names.size() > limits::classes) return fail(text("more than ", limits::classes, " classes, the limit"));
    data.labels.push_back(static_cast<std::int32_t>(data.class_names.size()) - 1);
  }

  const Clip& first = clips.front();
  data.sample = first.shape;
  if (first.sample_rate_hz != 0) {
    const std::int64_t channels = first.shape[1], frames = static_cast<std::int64_t>(longest) / channels;
    data.sample = channels == 1 ? Shape{frames} : Shape{frames, channels};
  }
  std::size_t filled_up = 0;
  data.x.reserve(static_cast<std::size_t>(longest) * clips.size());
  for (const Clip& clip : clips) {
    data.x.insert(data.x.end(), clip.values.begin(), clip.values.end());
    if (clip.values.size() < longest) ++filled_up;
    data.x.resize(data.x.size() + static_cast<std::size_t>(longest) - clip.values.size());
  }
  data.origin = text("from ", clips.size(), first.sample_rate_hz != 0 ? " sounds" : " pictures");
  if (filled_up > 0) data.origin += text(", ", filled_up, " shorter ones filled up with silence");
  return data;
}

}  // namespace edgewise
