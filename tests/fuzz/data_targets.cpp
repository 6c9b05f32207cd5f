// Data files: samples whose counts agree with each other, or a sentence.
#include "core/base/limits.h"
#include "core/formats/dataset.h"
#include "tests/fuzz/targets.h"

namespace edgewise::fuzz {

namespace {

void load(std::span<const DataFile> files) {
  const auto data = load_dataset(files);
  if (!data) {
    demand(!data.error().reason.empty(), "a refusal says why");
    return;
  }
  const std::uint64_t rows = data->rows();
  demand(rows > 0 && rows <= limits::samples, "there is a sample, and not more than the limit");
  demand(data->x.size() == rows * data->sample.elements(), "every sample is whole");
  demand(data->labels.empty() || data->targets.empty(), "labels or targets, never both");
  demand(data->labels.empty() || data->labels.size() == rows, "a label for each sample");
  demand(data->targets.empty() || data->targets.size() == rows, "a target for each sample");
  for (const std::int32_t label : data->labels) demand(label >= 0 && static_cast<std::uint64_t>(label) < limits::classes, "labels are class numbers");
  demand(data->calibration_rows <= rows, "calibration rows are among the rows");
}

/// The first two bytes say where the input is cut in two files.
void load_two(BytesView input, std::string_view first, std::string_view second) {
  if (input.size() < 2) return;
  const std::size_t wanted = static_cast<std::size_t>(input[0]) | static_cast<std::size_t>(input[1]) << 8;
  const BytesView rest = input.subspan(2);
  const std::size_t cut = std::min(wanted, rest.size());
  const DataFile files[] = {{std::string(first), rest.first(cut)}, {std::string(second), rest.subspan(cut)}};
  load(files);
}

}  // namespace

void npz(BytesView input) {
  const DataFile archive{"input.npz", input};
  load({&archive, 1});
  const DataFile array{"input.npy", input};
  load({&array, 1});
  load_two(input, "x.npy", "y.npy");
}

void csv(BytesView input) {
  for (const char* name : {"input.csv", "input.csv.gz"}) {
    const DataFile file{name, input};
    load({&file, 1});
  }
}

void idx(BytesView input) {
  load_two(input, "images-idx3-ubyte", "labels-idx1-ubyte");
  load_two(input, "images-idx3-ubyte.gz", "labels-idx1-ubyte.gz");
}

void wav(BytesView input) {
  const DataFile file{"yes/input.wav", input};
  load({&file, 1});
}

void png(BytesView input) {
  for (const char* name : {"seven/input.png", "input.zip"}) {
    const DataFile file{name, input};
    load({&file, 1});
  }
}

}  // namespace edgewise::fuzz
