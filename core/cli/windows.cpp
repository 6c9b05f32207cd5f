// edgewise windows: readings with time stamps become a data set to foresee with, for train, finetune and score.
#include "core/formats/windows.h"

#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/learning_options.h"
#include "core/formats/npy.h"
#include "core/formats/unpack.h"

namespace edgewise::cli {

Result<std::string> windows(const Arguments& arguments) {
  const auto time = arguments.get("time"), target = arguments.get("target"), path = arguments.get("out");
  if (!time || !target || !path) return fail("--time COLUMN, --target COLUMN and --out FILE.npz are wanted", std::string(usage_error));
  WindowOptions options;
  options.time = *time;
  options.target = *target;
  if (const auto without = arguments.get("without"))
    for (const std::string_view name : split(*without, ',')) options.without.emplace_back(name);
  if (auto ok = take_whole(arguments, "window", 1, 1000, options.readings); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "horizon", options.horizon_minutes); !ok) return std::unexpected(ok.error());
  options.within_minutes = options.horizon_minutes / 6.0;
  if (auto ok = take_real(arguments, "within", options.within_minutes); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "learn", options.learning_part); !ok) return std::unexpected(ok.error());

  const std::string& name = arguments.words[0];
  const auto with_file = [&](Error error) {
    if (error.file.empty()) error.file = name;
    return std::unexpected(std::move(error));
  };
  auto file = read_file(name, limits::data_file_bytes);
  if (!file) return std::unexpected(file.error());
  if (looks_like_gzip(*file)) {
    auto unpacked = unpack_gzip(*file, limits::data_file_bytes);
    if (!unpacked) return with_file(unpacked.error());
    file = std::move(unpacked);
  }
  const auto made = read_windows(*file, options);
  if (!made) return with_file(made.error());

  const auto rows = static_cast<std::int64_t>(made->size());
  const std::string origin = text("from ", name.substr(name.find_last_of('/') + 1), ": ", options.target, " ", options.horizon_minutes, " minutes later, less now");
  const std::vector<std::uint8_t> characters(origin.begin(), origin.end());
  const std::int32_t learning[] = {static_cast<std::int32_t>(made->learning)};
  const Bytes npz = npy::write_npz({{"x", Tensor::from<float>({rows, made->sample[0], made->sample[1]}, made->x)},
                                    {"y", Tensor::from<float>({rows}, made->targets)},
                                    {"calibration_rows", Tensor::from<std::int32_t>({1}, learning)},
                                    {"origin", Tensor::from<std::uint8_t>({static_cast<std::int64_t>(characters.size())}, characters)}});
  if (auto ok = write_file(*path, npz); !ok) return std::unexpected(ok.error());
  const std::uint64_t testing = made->size() - made->learning;
  if (!arguments.has("json"))
    return text(*path, ": ", grouped(made->size()), " windows of ", to_text(made->sample), ", from ", grouped(made->readings), " readings\n", "y: by how much ", options.target, " differs ",
                options.horizon_minutes, " minutes later, give or take ", number(static_cast<float>(options.within_minutes)), "; each column of x less its mean over the readings to learn from, over their deviation\n",
                "rows 0:", made->learning, " are to learn from, the ", grouped(testing), " after them, from ", made->first_test, " on, to test\n", "left out: ", grouped(made->without_answer),
                " without a reading then, ", grouped(made->across), " that reach into both parts\n", "who says that nothing changes is off by ", fixed(made->unchanged_error, 4),
                " in the mean on the rows to test\n");
  Json json;
  json.open('{').field("file", *path).field("windows", made->size()).field("learning_rows", made->learning).field("test_rows", testing).field("first_test", made->first_test);
  json.field("without_answer", made->without_answer).field("across", made->across).field("unchanged_mae", made->unchanged_error).close('}');
  return json.take() + "\n";
}

}  // namespace edgewise::cli
