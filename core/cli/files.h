// Files, models and data sets by name: the only place in core/ that opens them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/cli/arguments.h"
#include "core/formats/dataset.h"
#include "core/graph/model.h"
#include "core/tensor/tensor.h"

namespace edgewise::cli {

/// At most `most` bytes; the error names the file and what the system said.
Result<Bytes> read_file(const std::string& path, std::uint64_t most);
Result<void> write_file(const std::string& path, BytesView bytes);
Result<void> make_folder(const std::string& path);

/// A file of the assets folder, by its path in there; the name itself where no such folder is found.
std::string asset(const std::string& name);

/// MODEL: a path, or the name of a bundled model. `given`: arrays for its inputs, as load_model has them.
Result<Model> open_model(const std::string& name, std::span<const Tensor> given = {});
/// DATA: one path, "samples,labels", a folder of sounds or pictures (core/formats/clips.h), or the name of a bundled data set; --target as load_dataset has it.
/// --rows and --calibration-rows, when given, choose which rows are the test and which are for calibration.
Result<Dataset> open_data(const std::string& name, const Arguments& arguments);

}  // namespace edgewise::cli
