// From bytes to what the page holds: a model with its float graph and layers, data with its files.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "web/app/evaluator.h"
#include "web/app/examples.h"

namespace edgewise {

/// The bundled model. `file` is what assets gave for example.model_file.
Result<std::shared_ptr<const OpenModel>> open_example(const Example& example, std::shared_ptr<const Bytes> file);
/// The person's own file.
Result<std::shared_ptr<const OpenModel>> open_file(std::string name, std::shared_ptr<const Bytes> file);
/// A data set from one file (.npz, .csv) or a pair (.npy, IDX).
Result<std::shared_ptr<const OpenData>> open_data(std::string id, std::vector<std::pair<std::string, std::shared_ptr<const Bytes>>> files);
/// Noise of the model's input: for a model that came without data.
std::shared_ptr<const OpenData> noise_data(const OpenModel& model);

/// Samples of this data fit the model's input, element by element. The error says both shapes.
Result<void> check_fit(const OpenModel& model, const OpenData& data);
/// Told by the name's ending: what load_dataset reads is data, all else is a model.
bool is_data_name(std::string_view name);

/// "27 → 128 → 64 → 5" for a chain of fully connected layers; else "13 layers · 49x10x1 → 12".
std::string shape_line(const OpenModel& model);

}  // namespace edgewise
