#include "core/cli/commands.h"

#include <array>

namespace edgewise::cli {

namespace {

constexpr std::array<std::string_view, 1> json_only = {"json"};
constexpr std::array<std::string_view, 0> nothing = {};
constexpr std::array<std::string_view, 5> run_takes = {"input", "out", "kernels", "arithmetic", "steps"};
constexpr std::array<std::string_view, 8> score_takes = {"data", "recipe", "repair", "calibration", "limit", "target", "rows", "calibration-rows"};
constexpr std::array<std::string_view, 8> compress_takes = {"data", "recipe", "repair", "calibration", "out", "target", "rows", "calibration-rows"};
constexpr std::array<std::string_view, 4> compare_takes = {"data", "target", "rows", "calibration-rows"};
constexpr std::array<std::string_view, 12> cost_takes = {"recipe", "board", "front-end", "library", "calibration", "measured", "every", "battery", "wake", "validate", "models", "networks"};
constexpr std::array<std::string_view, 4> fit_takes = {"records", "networks", "out", "rows"};

constexpr std::array<std::string_view, 14> finetune_takes = {"data", "recipe", "out", "epochs", "batch", "rate", "schedule", "clip", "seed", "prune", "calibration", "target", "rows", "calibration-rows"};
constexpr std::array<std::string_view, 13> distill_takes = {"data", "arch", "out", "temperature", "alpha", "seeds", "seed", "epochs", "batch", "rate", "target", "rows", "calibration-rows"};
constexpr std::array<std::string_view, 13> sweep_takes = {"data", "recipe", "bits", "limit", "lose", "for", "board", "library", "seed", "calibration", "target", "rows", "calibration-rows"};
constexpr std::array<std::string_view, 2> sweep_flags = {"sensitivity", "json"};
constexpr std::array<std::string_view, 8> windows_takes = {"time", "target", "out", "window", "horizon", "within", "without", "learn"};
constexpr std::array<std::string_view, 2> trial_takes = {"out", "recipe"};
constexpr std::array<std::string_view, 16> train_takes = {"data",  "arch", "seed", "epochs",    "batch",  "rate", "schedule", "optimizer",
                                                            "decay", "clip", "loss", "patience", "out", "target", "rows", "calibration-rows"};

constexpr std::array<Command, 16> table = {{
    {"inspect", "inspect MODEL [--json]", "What is in the file: layers, shapes, grids, MACs, and every byte attributed.", 1, 1, nothing, json_only, inspect},
    {"run", "run MODEL --input A.npy [--input B.npy ...] --out DIR [--kernels reference|fast] [--arithmetic tflite|tflm] [--steps N] [--json]",
     "Runs the file as it is over one input and writes DIR/output_0.npy and so on. --steps: N inputs behind one another in each array, the state kept from step to step.", 1, 1, run_takes, json_only, run},
    {"score", "score MODEL --data DATA [--recipe R [--repair equalize,round,bias]] [--calibration N] [--limit N] [--target COLUMN] [--rows A:B] [--calibration-rows A:B] [--json]",
     "Accuracy, mean absolute error or area under the curve, with its 95 % interval.", 1, 1, score_takes, json_only, score},
    {"compress", "compress MODEL --recipe R [--data DATA [--repair equalize,round,bias]] [--calibration N] --out FILE.tflite [--json]", "Writes the integer model.", 1, 1, compress_takes, json_only,
     compress},
    {"compare", "compare FIRST SECOND [--data DATA] [--json]", "Two int8 models of one network: codes and scales layer by layer, and their outputs on the data.", 2, 2,
     compare_takes, json_only, compare},
    {"cost", "cost MODEL [--recipe R] [--board ID|BOARD.json] [--library ID] [--measured MS] [--every SECONDS] [--battery cr2032|aa|lipo] [--wake MS] [--front-end LENGTHxCOUNT] [--json] | cost --validate RECORDS.json [--models DIR] [--json]",
     "Flash, RAM, latency and energy on a board, each with its band; or the predictions for published records, and how far off they are.", 0, 1, cost_takes, json_only, cost},
    {"fit", "fit [--records FILE.json] [--networks FILE.json] [--out TABLE.h] [--rows ROWS.tsv] [--json]",
     "The constants of the latency model from the published measurements, and how well they foresee what was left out: per core class and library, in text and as rows for the page.", 0, 0, fit_takes, json_only, fit},
    {"boards", "boards [--json]", "Boards and kernel libraries, every figure with its source.", 0, 0, nothing, json_only, boards},
    {"train", "train NAME --out DIR [--seed N] | train NAME --arch LAYERS --out FILE.tflite [--seed N] [--epochs N] | train --data DATA --arch LAYERS --out FILE.tflite [--seed N] [--epochs N] [--batch N] [--rate LR] [--schedule linear|cosine|step|constant] [--optimizer adam|sgd] [--decay D] [--clip NORM] [--loss squared|absolute] [--patience N] [--rows A:B] [--calibration-rows A:B] [--target COLUMN] [--json]",
     "Makes a bundled model and its data again, or trains a network of your own; the same seed gives the same bytes. --patience N: the calibration rows, or every tenth row, are held out, and the weights of the best epoch are kept.", 0, 1, train_takes, json_only, train},
    {"windows", "windows FILE.csv --time COLUMN --target COLUMN --out FILE.npz [--window READINGS] [--horizon MINUTES] [--within MINUTES] [--without COLUMN,COLUMN] [--learn PART] [--json]",
     "Readings with time stamps, regular or not, become windows to foresee with: the first part in time to learn from, the rest to test.", 1, 1, windows_takes, json_only, windows},
    {"trial", "trial [--recipe R] [--out FILE.h] [--json]", "The bundled forest listener on synthesised recordings of a set of their own; --out: the table that its lab reads.", 0, 0, trial_takes, json_only, trial},
    {"finetune", "finetune MODEL --data DATA --recipe R --out FILE.tflite [--epochs N] [--batch N] [--rate LR] [--schedule linear|cosine|step|constant] [--clip NORM] [--seed N] [--prune FIRST:LAST:BEGIN:END:POWER:FREQUENCY] [--calibration N] [--target COLUMN] [--rows A:B] [--calibration-rows A:B] [--json]",
     "Trains a model on at the grids of the recipe, and writes what the recipe makes of it; accuracy on held-out rows before and after.", 1, 1, finetune_takes, json_only, finetune},
    {"distill", "distill TEACHER --data DATA --arch LAYERS [--temperature T] [--alpha A] [--seeds N] [--seed S] [--epochs N] [--batch N] [--rate LR] [--out FILE.tflite] [--target COLUMN] [--rows A:B] [--calibration-rows A:B] [--json]",
     "Trains students from a teacher's answers and the same students alone; the difference over the seeds with its 95 % interval.", 1, 1, distill_takes, json_only, distill},
    {"sweep", "sweep MODEL --data DATA [--for flash|stored|latency] [--lose POINTS] [--board ID] [--library ID] [--bits 8,4,2] [--limit N] [--seed N] [--recipe R] [--calibration N] [--target COLUMN] [--rows A:B] [--calibration-rows A:B] [--json] | sweep MODEL --data DATA --sensitivity [--recipe R] [--bits 8,4,2] [--limit N] [--json]",
     "The cheapest recipe that is at most 1 point worse than float, bits by layer (for latency: channels); --seed: other rows choose. Or why accuracy drops: each layer compressed alone, and all but it, what its grids round and clip, which answers flip.",
     1, 1, sweep_takes, sweep_flags, sweep},
    {"lab", "lab [NAME [KEY=VALUE ...]] [--json]", "A lab of the course chapter: its figures with their formulas, from the fields that are given; one that runs a model takes model=MODEL and data=DATA too. Without a name, the labs.", 0, 100, nothing, json_only, lab},
    {"audit", "audit [ID|right] [--json]", "What the course chapter says in numbers, recomputed: the claim, what is so, the formula with its numbers.", 0, 1, nothing, json_only, audit},
}};

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace edgewise::cli
