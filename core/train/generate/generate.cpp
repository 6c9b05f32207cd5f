#include "core/train/generate/generate.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/formats/npy.h"

namespace edgewise::train {

namespace {

Samples joined(const Samples& first, const Samples& second) {
  Samples all = first;
  all.codes.insert(all.codes.end(), second.codes.begin(), second.codes.end());
  all.labels.insert(all.labels.end(), second.labels.begin(), second.labels.end());
  all.targets.insert(all.targets.end(), second.targets.begin(), second.targets.end());
  return all;
}

Tensor characters(std::string_view from) {
  Tensor tensor = Tensor::of(DType::uint8, {static_cast<std::int64_t>(from.size())});
  std::ranges::copy(std::as_bytes(std::span(from)), tensor.bytes.begin());
  return tensor;
}

template <class T>
Tensor single(T value) {
  return Tensor::from<T>({1}, std::span(&value, 1));
}

}  // namespace

Dataset dataset_of(const Generated& generated, const Samples& samples, bool labelled) {
  Dataset data;
  data.name = generated.name;
  data.origin = generated.origin;
  data.is_generated = true;
  data.sample = generated.sample;
  data.x.reserve(samples.codes.size());
  for (const std::int16_t code : samples.codes) data.x.push_back(static_cast<float>(code) * generated.step);
  if (labelled) data.labels = samples.labels;
  data.targets = samples.targets;
  data.class_names = generated.class_names;
  return data;
}

Dataset bundled_dataset(const Generated& generated) {
  Dataset data = dataset_of(generated, joined(generated.calibration, generated.test));
  data.calibration_rows = generated.calibration.count();
  return data;
}

Bytes bundled_file(const Generated& generated) {
  const Samples all = joined(generated.calibration, generated.test);
  const auto rows = static_cast<std::int64_t>(all.count());
  Shape shape{rows};
  for (int axis = 0; axis < generated.sample.rank(); ++axis) shape.push(generated.sample[axis]);
  const std::vector<std::uint8_t> labels(all.labels.begin(), all.labels.end());
  std::string names;
  for (const std::string& name : generated.class_names) names += text(names.empty() ? "" : "\n", name);
  std::vector<std::pair<std::string, Tensor>> parts = {
      {"x", Tensor::from<std::int16_t>(shape, all.codes)},
      {"x_scale", single(generated.step)},
      {"y", all.targets.empty() ? Tensor::from<std::uint8_t>({rows}, labels) : Tensor::from<float>({rows}, all.targets)},
      {"class_names", characters(names)},
      {"calibration_rows", single(static_cast<std::int32_t>(generated.calibration.count()))},
      {"origin", characters(generated.origin)},
      {"generated", single(std::uint8_t{1})},
  };
  if (names.empty()) std::erase_if(parts, [](const auto& part) { return part.first == "class_names"; });
  return npy::write_npz(parts);
}

}  // namespace edgewise::train
