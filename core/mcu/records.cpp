#include "core/mcu/records.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"

namespace edgewise::mcu {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string lower(std::string_view from) {
  std::string out(from);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// ---- layers ------------------------------------------------------------------------------------------------------------------------------------------------

/// The whole numbers in a text, in order: "in 16x16x3, k3" has 16, 16, 3, 3. At most 16 of them.
std::vector<double> numbers_in(std::string_view from) {
  std::vector<double> all;
  for (std::size_t at = 0; at < from.size() && all.size() < 16;) {
    if (from[at] < '0' || from[at] > '9') {
      ++at;
      continue;
    }
    double value = 0;
    for (; at < from.size() && from[at] >= '0' && from[at] <= '9'; ++at) value = value * 10 + (from[at] - '0');
    all.push_back(std::min(value, 1e9));
  }
  return all;
}

/// The extents that follow a word: "out 14x14x16" and "out [1, 14, 14, 16]" both have 14, 14, 16; a leading batch of 1 is dropped.
std::vector<double> extents_after(std::string_view shape, std::string_view word) {
  std::size_t at = shape.find(word);
  while (at != std::string_view::npos && at > 0 && shape[at - 1] != ' ' && shape[at - 1] != '(') at = shape.find(word, at + 1);
  if (at == std::string_view::npos) return {};
  at += word.size();
  std::size_t end = at;
  while (end < shape.size() && (std::string_view("0123456789x[ ").find(shape[end]) != std::string_view::npos || (shape[end] == ',' && has(shape.substr(at, end - at), "[")))) ++end;
  std::vector<double> extents = numbers_in(shape.substr(at, end - at));
  if (extents.size() > 1 && extents.front() == 1) extents.erase(extents.begin());
  return extents;
}

/// Of nothing 0: an extent that is not stated is not 1.
double product(const std::vector<double>& extents) {
  double all = extents.empty() ? 0 : 1;
  for (const double extent : extents) all *= extent;
  return all;
}

std::optional<Unit> unit_named(std::string_view op) {
  if (op == "conv") return Unit::convolution;
  if (op == "conv1x1") return Unit::pointwise;
  if (op == "depthwise") return Unit::depthwise;
  if (op == "fc") return Unit::dense;
  return {};
}

/// Terms that one output of a layer sums, where nothing says: typical of the networks measured here.
double typical_depth(Unit unit) {
  switch (unit) {
    case Unit::convolution: return 144;
    case Unit::pointwise: return 128;
    case Unit::depthwise: return 9;
    default: return 256;
  }
}

Work layer_with_macs(Unit unit, double macs, std::string_view shape) {
  const std::vector<double> in = extents_after(shape, "in "), out = extents_after(shape, "out ");
  double outputs = 0, channels = 0;
  if (!out.empty()) outputs = product(out), channels = out.back();
  else if (unit == Unit::pointwise && !in.empty() && in.back() > 0) outputs = macs / in.back();
  else if (const auto named = extents_after(shape, "ch "); !named.empty()) outputs = named.back();
  else if (const std::size_t arrow = shape.find("->"); arrow != std::string_view::npos) outputs = product(numbers_in(shape.substr(arrow)));
  if (outputs <= 0 || outputs > macs) outputs = macs / typical_depth(unit);
  Work work = counted_work(unit, macs, outputs);
  if (channels > 0) {
    work.positions = outputs / channels;
    work.weight_bytes = macs / std::max(1.0, work.positions);
  }
  return work;
}

std::optional<Work> layer_without_macs(std::string_view name, std::string_view shape) {
  const std::string low = lower(shape) + " " + lower(name);
  const std::vector<double> in = extents_after(shape, "in "), out = extents_after(shape, "out ");
  const std::size_t arrow = shape.find("->");
  if (has(low, "reshape") || has(low, "shapeoptions")) return reshape_work();
  double outputs = out.empty() ? 0 : product(out);
  if (arrow != std::string_view::npos) outputs = product(numbers_in(shape.substr(arrow)));
  else if (out.empty() && !in.empty()) outputs = product(in);
  else if (out.empty()) outputs = product(numbers_in(shape));
  if (outputs <= 0 || outputs > 1e9) return {};
  if (has(low, "pool")) {
    double taps = 4;
    if (in.size() == 3 && out.size() == 3 && out[0] > 0 && out[1] > 0) taps = std::max(1.0, std::round(in[0] / out[0])) * std::max(1.0, std::round(in[1] / out[1]));
    else if (in.size() == 3 && has(shape, ", 3x3")) taps = 9, outputs = (in[0] - 2) * (in[1] - 2) * in[2];
    return pool_work(outputs, taps);
  }
  if (has(low, "mean")) return pool_work(outputs / std::max(1.0, numbers_in(shape).empty() ? 1.0 : outputs / numbers_in(shape).back()), 49);
  if (has(low, "softmax") || has(low, "logistic") || has(low, "tanh")) return element_work(Unit::softmax_element, outputs);
  if (has(low, "add") || has(low, "mul")) return element_work(Unit::add_element, outputs);
  return element_work(Unit::other_element, outputs);
}

// ---- processors and libraries ------------------------------------------------------------------------------------------------------------------------------

/// "TensorFlow Lite Micro + CMSIS-NN" is "TFLM+CMSIS-NN".
std::string one_spelling(std::string_view stack) {
  std::string out(stack);
  struct Spelling { std::string_view from, to; };
  for (const Spelling& s : {Spelling{" + ", "+"}, Spelling{"TensorFlow Lite for Microcontrollers", "TFLM"}, Spelling{"TensorFlow Lite Micro", "TFLM"}, Spelling{"TFLite Micro", "TFLM"},
                            Spelling{"tflite-micro", "TFLM"}, Spelling{"LiteRT for Microcontrollers", "TFLM"}})
    for (std::size_t at = out.find(s.from); at != std::string::npos; at = out.find(s.from, at + s.to.size())) out.replace(at, s.from.size(), s.to);
  return out;
}

struct Alias { std::string_view starts, library, version; };
/// In this order: the first that a stack's name starts with.
constexpr std::array aliases{
    Alias{"TFLM (Silicon Labs GSDK)+MVP", "mvp", "GSDK"}, Alias{"TFLM (Silicon Labs GSDK)+CMSIS-NN", "cmsis-nn", "GSDK"}, Alias{"TFLM+MVP", "mvp", ""},
    Alias{"TFLM+CMSIS-NN (pico-tflmicro, pure-C", "cmsis-nn", "plain C path"}, Alias{"TFLM+CMSIS-NN", "cmsis-nn", ""}, Alias{"CMSIS-NN", "cmsis-nn", ""},
    Alias{"TFLM+ESP-NN", "esp-nn", ""}, Alias{"ESP-NN ANSI", "esp-nn-c", ""}, Alias{"ESP-NN", "esp-nn", ""}, Alias{"ESP-DL", "esp-dl", ""},
    Alias{"TFLM+AndesNN", "andes-nn", ""}, Alias{"TFLM", "tflm", ""}, Alias{"X-CUBE-AI", "x-cube-ai", ""}, Alias{"STM32Cube", "x-cube-ai", ""},
    Alias{"ST-EdgeAI+HSP", "st-hsp", ""}, Alias{"ST Edge AI", "x-cube-ai", ""}, Alias{"ST-EdgeAI", "x-cube-ai", ""}, Alias{"TinyEngine", "tinyengine", ""},
    Alias{"TinyMaix best", "tinymaix-best", ""}, Alias{"TinyMaix SIMD", "tinymaix-simd", ""}, Alias{"TinyMaix NEON", "tinymaix-simd", ""}, Alias{"TinyMaix", "tinymaix", ""},
    Alias{"ncnn", "ncnn", ""}, Alias{"NNoM", "nnom", ""}, Alias{"Plumerai", "plumerai", ""}, Alias{"Bosch-HALE", "hale", ""},
    Alias{"microTVM+CMSIS", "microtvm-cmsis-nn", ""}, Alias{"microTVM", "microtvm", ""}, Alias{"ONNC+CMSIS", "onnc", ""}, Alias{"ONNC+Andes", "onnc-andes", ""},
    Alias{"LEIP", "leip", ""}, Alias{"TFLite", "tflite", ""}, Alias{"Edge Impulse EON", "eon", ""}};

/// What a version is known by: to the first comma or parenthesis (a variant of one is another), X-CUBE-AI's with two numbers.
std::string version_named(std::string_view library, std::string_view version) {
  if (has(version, "variant") || library == "mvp") return std::string(version);
  version = version.substr(0, std::min(version.find(','), version.find(" (")));
  if (library == "x-cube-ai") {
    if (version.starts_with("v") || version.starts_with("V")) version.remove_prefix(1);
    const auto parts = split(version, '.');
    if (parts.size() > 2) return text(parts[0], '.', parts[1]);
  }
  return std::string(trim(version));
}

/// "Cortex-M4F" is class "cortex-m4": whether there is an FPU is another field.
std::string class_named(std::string_view core_class) {
  std::string name = lower(core_class);
  if (name.starts_with("cortex-m") && name.ends_with("f")) name.pop_back();
  return name;
}

std::string core_of(std::string_view core_class, std::string_view core) {
  if (core_class == "riscv-scalar" && (core == "RV32I" || core == "RV32E")) return "riscv without multiplier";
  if (core_class != "cortex-a") return std::string(core_class);
  for (const std::string_view name : {"926", "A53", "A55", "A57", "A72", "A7", "A8", "A9"})
    if (has(core, name)) return text("cortex-a ", name);
  return "cortex-a";
}

bool has_fpu(std::string_view core_class, std::string_view core, std::string_view isa) {
  if (has(isa, "no FPU")) return false;
  for (const std::string_view with : {"cortex-m4", "cortex-m7", "cortex-m33", "cortex-m85", "cortex-m55", "cortex-a", "xtensa-lx", "riscv-vector", "riscv-pie", "riscv-dsp"})
    if (core_class.starts_with(with)) return true;
  return has(core, "IMAF") || has(isa, "IMAF") || has(core, "FPU") || has(isa, "FPU");
}

/// Processors whose speed a vendor's compiler or a circuit decides, not instructions: nothing here can tell one from another.
std::string_view unpredictable(std::string_view core_class) {
  if (core_class.empty()) return "the core is not named";
  for (const std::string_view kind : {"npu", "fpga", "gpu", "x86", "fvp", "other", "mips", "dsp", "8051"})
    if (core_class == kind || core_class == "npu-fpga") return "no model of this kind of processor (NPU, FPGA, GPU, PC or other)";
  if (has(core_class, "ethos")) return "no model of this kind of processor (NPU, FPGA, GPU, PC or other)";
  return {};
}

/// A core of a known class beside a processor of networks: the record says so in one of these fields, or its stack compiles for one.
bool names_npu(const JsonValue& row) {
  for (const std::string_view field : {"core", "isa", "soc", "stack", "runtime", "accelerator"})
    for (const std::string_view name : {"Ethos", "Vela", "NPU", "Edge TPU", "Neural-ART"})
      if (has(row[field].text, name)) return true;
  return false;
}

std::optional<double> number_of(const JsonValue& v) { return v.is_number() && v.number > 0 && v.number < 1e15 ? std::optional(v.number) : std::nullopt; }

/// A figure that is there and cannot be one: no number, not positive, or beyond what any chip or network has.
std::string absurd_figure(const JsonValue& row) {
  struct Range { std::string_view field; double lowest, highest; };
  for (const Range& r : {Range{"clock_mhz", 0.01, 1e5}, Range{"latency_ms", 1e-7, 1e9}, Range{"cycles", 1, 1e15}, Range{"macs", 1, 1e13}, Range{"energy_uJ", 1e-6, 1e12}}) {
    const JsonValue& value = row[r.field];
    if (value.is_null()) continue;
    if (!value.is_number()) return text(r.field, " is not a number");
    if (!(value.number >= r.lowest && value.number <= r.highest)) return text(r.field, " is outside ", r.lowest, " to ", r.highest);
  }
  return {};
}

/// What a terminal or a table can show of a name from outside.
std::string shown(std::string_view from) {
  constexpr std::size_t longest = 160;
  std::string out(from.substr(0, longest));
  std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, '?');
  return out;
}

/// A version is a text, but 10.2 is written as a number too.
std::string words_of(const JsonValue& value) { return value.is_number() ? text(value.number) : value.text; }

/// Weights or activations outside the chip of a microcontroller: 3.8 times slower from SDRAM on one Cortex-M7. RP2040 and RP2350 run from outside as they were measured.
bool is_in_slow_memory(const JsonValue& row, const Measurement& m) {
  if (!m.core.starts_with("cortex-m") || m.chip.starts_with("RP2")) return false;
  const std::string placement = lower(row["memory_placement"].text);
  for (const std::string_view outside : {"external", "sdram", "psram", "spiram", "qspi", "ospi", "octospi", "xip"})
    if (has(placement, outside)) return true;
  return false;
}

/// A clock nobody stated: that of our own board with the chip.
double rated_clock(std::string_view chip) {
  for (const Board& board : boards())
    if (!chip.empty() && chip_named(board.chip).chip == chip) return board.clock_mhz.value.value_or(0);
  return 0;
}

bool is_one_layer(const JsonValue& row) { return row["kind"].text == "layer" || row["kind"].text == "kernel"; }

void add_layers(const JsonValue& row, const Networks& networks, Record& record) {
  Measurement& m = record.measurement;
  const std::string_view task = row["task"].text, model = row["model"].text;
  const auto by_name = [&](std::string_view name) {
    const auto found = networks.find(name);
    if (!name.empty() && found != networks.end()) m.layers = found->second;
    m.is_known_network = !m.layers.empty();
    return !m.layers.empty();
  };
  const std::string low_task = lower(task);
  m.task = shown(task.empty() ? model : task);
  const std::optional<double> macs = number_of(row["macs"]);
  if (is_one_layer(row)) {
    const std::optional<Unit> unit = unit_named(row["op"].text);
    const std::string_view shape = row["shape"].text;
    if (unit && macs) m.layers = {layer_with_macs(*unit, *macs, shape)};
    else if (!unit)
      if (const auto work = layer_without_macs(model, shape)) m.layers = {*work};
    if (row["kind"].text == "kernel")
      for (Work& work : m.layers) work[Unit::node] = 0;   // called by itself: no interpreter, nothing set up
    m.task = shown(row["op"].text);
  } else if (!by_name(low_task) && !by_name(model)) {
    const JsonValue& classes = row["macs_by_class"];
    for (const auto& [name, count] : classes.object)
      if (const auto unit = unit_named(name); unit && number_of(count)) m.layers.push_back(counted_work(*unit, count.number, count.number / typical_depth(*unit)));
    if (m.layers.empty() && macs) {   // a mobile network, as those are that are published by their number of multiplications alone
      m.layers.push_back(counted_work(Unit::pointwise, 0.9 * *macs, 0.9 * *macs / 64));
      m.layers.push_back(counted_work(Unit::depthwise, 0.1 * *macs, 0.1 * *macs / 25));
      m.deviation = std::max(m.deviation, 0.2);
    }
  }
  if (m.layers.empty()) record.refusal = "neither the network nor its multiplications are known";
}

Record read_record(const JsonValue& row, const Networks& networks, std::size_t index) {
  Record record;
  Measurement& m = record.measurement;
  const bool is_mlperf = row["task"].is_text();
  const std::string core_class = class_named(row["core_class"].text);
  const std::string_view isa = row["isa"].text, core = row["core"].text, notes = row["notes"].text;
  const std::string_view stack = is_mlperf || row["stack"].is_text() ? row["stack"].text : row["runtime"].text;
  const std::string version = words_of(row["stack_version"].is_null() ? row["runtime_version"] : row["stack_version"]);
  m.id = row["id"].text.empty() ? text("record ", index) : shown(row["id"].text);
  m.source = is_mlperf ? "MLPerf Tiny" : row["group"].text;
  record.board = row["board"].text;
  record.conditions = row["hw_notes"].text;
  m.core = shown(core_of(core_class, core));
  m.has_fpu = has_fpu(core_class, core, isa);
  const ChipName chip = chip_named(row["soc"].text.empty() ? row["board"].text : row["soc"].text);
  m.chip = shown(chip.chip);
  m.family = shown(chip.family);
  const LibraryName library = library_named(stack, version);
  m.library = shown(library.id);
  m.version = shown(library.version);
  if (library.id.starts_with("tinymaix") && library.version.empty() && row["opt"].is_text()) m.version = std::string(split(row["opt"].text, ' ').front());
  m.threads = row["threads"].is_number() ? std::clamp(static_cast<int>(row["threads"].number), 1, 64) : has(m.id, "/dual") ? 2 : 1;
  m.streams_weights = has(m.chip, "RP2350") && has(row["memory_placement"].text, "XIP");
  m.has_no_waits = runs_without_waits(chip.chip, record.board);
  m.kind = is_mlperf ? Width::of_benchmark : m.source.starts_with("tinymaix") ? Width::of_tinymaix : is_one_layer(row) ? Width::of_layer : Width::of_network;
  if (has(notes, "ms resolution") || has(notes, "whole milliseconds")) m.deviation = 0.4;
  const std::string type = lower(row["dtype"].text);
  m.is_float = has(type, "float") || has(type, "fp32");

  if (const std::string why = absurd_figure(row); !why.empty()) record.refusal = why;
  else if (const std::string_view kind = unpredictable(names_npu(row) ? "npu" : core_class); !kind.empty()) record.refusal = kind;
  else if (!(m.is_float || type.starts_with("int8") || type == "uint8" || type == "q7") || has(type, "int16")) record.refusal = "neither int8 nor float32";
  else if (multiplies_pairs(m.core) && has(isa, "no DSP")) record.refusal = "nobody measured this core without its DSP instructions";
  else if (is_in_slow_memory(row, m)) record.refusal = "the model lies in external memory: nobody measured what that costs on a chip like this";
  else if (row["measured"].is_text() && row["measured"].text != "device") record.refusal = "a simulation or an estimate, not a measurement";
  else if (row["division"].text == "open" && has(type, "custom")) record.refusal = "another network than the benchmark's";
  if (record.refusal.empty()) add_layers(row, networks, record);
  if (is_mlperf && row["task"].text == "sww") m.layers.push_back(element_work(Unit::audio_frame, 1));   // the harness times the features with the network
  for (Work& layer : m.layers) layer.is_float = m.is_float;

  const std::optional<double> cycles = number_of(row["cycles"]), ms = number_of(row["latency_ms"]);
  record.clock_mhz = number_of(row["clock_mhz"]).value_or(cycles && ms ? *cycles / *ms / 1e3 : rated_clock(m.chip));
  if (!row["clock_mhz"].is_number() && record.clock_mhz > 0 && !cycles) m.chip += ", rated clock taken";   // so that a wrong guess stays with these records
  if (ms) record.published_ms = ms;
  else if (cycles && record.clock_mhz > 0) record.published_ms = *cycles / record.clock_mhz / 1e3;
  m.cycles = cycles ? *cycles : ms ? *ms * record.clock_mhz * 1e3 : 0;
  record.energy_uj = number_of(row["energy_uJ"]);
  if (record.refusal.empty() && m.cycles <= 0) record.refusal = ms ? "the clock is not stated" : "no latency was published";
  return record;
}

// ---- networks ----------------------------------------------------------------------------------------------------------------------------------------------

Result<Work> read_layer(const JsonValue& layer, std::string_view network) {
  const auto wrong = [&](std::string_view what) { return fail(text("network '", network, "': ", what), {}, layer.offset); };
  if (layer.list.empty() || !layer.list.front().is_text()) return wrong("a layer is a list that begins with its kind");
  const std::string_view kind = layer.list.front().text;
  std::vector<double> n;
  bool same = false;
  for (std::size_t i = 1; i < layer.list.size(); ++i) {
    const JsonValue& item = layer.list[i];
    if (item.is_text()) same = item.text == "same";
    else if (item.is_number() && item.number >= 0 && item.number <= 1e7) n.push_back(item.number);
    else return wrong(text("entry ", i, " of a ", kind, " layer is not a number from 0 to 10,000,000"));
  }
  const auto count = [&](std::size_t wanted) { return n.size() == wanted || n.size() == wanted + 1; };
  const double stride = n.size() > 6 ? n[6] : 1;
  if (kind == "conv" && n.size() >= 7) return convolution_work({n[0], n[4], stride, same}, {n[1], n[5], stride, same}, n[2], n[3], n.size() > 7 ? n[7] : 0);
  if (kind == "depthwise" && n.size() == 7) return depthwise_work({n[0], n[4], stride, same}, {n[1], n[5], stride, same}, n[3]);
  if (kind == "dense" && count(2)) return dense_work(n[0], n[1]);
  if (kind == "pool" && count(2)) return pool_work(n[0], n[1]);
  if (kind == "add" && count(1)) return element_work(Unit::add_element, n[0]);
  if (kind == "softmax" && count(1)) return element_work(Unit::softmax_element, n[0]);
  if (kind == "reshape") return reshape_work();
  return wrong(text("no layer '", kind, "' with ", n.size(), " numbers"));
}

}  // namespace

LibraryName library_named(std::string_view published_stack, std::string_view version) {
  const std::string written = one_spelling(published_stack);
  const std::string_view stack = written;
  for (const Alias& alias : aliases) {
    if (!stack.starts_with(alias.starts)) continue;
    LibraryName named{std::string(alias.library), alias.version.empty() ? version_named(alias.library, version) : std::string(alias.version)};
    // ST Edge AI Core 2.0 brings STM32Cube.AI 10.0, 2.2 brings 10.2, 4.0 brings 12.0 (versions.json of ST's documentation).
    constexpr std::int64_t cores_behind = 8, oldest_cube = 5;
    if (const auto major = parse_integer(split(named.version, '.').front()); named.id == "x-cube-ai" && stack.starts_with("ST") && has(stack, "Edge") && major && *major > 0 && *major < oldest_cube)
      named.version = text(*major + cores_behind, std::string_view(named.version).substr(split(named.version, '.').front().size()));
    return named;
  }
  if (has(stack, "CMSIS-NN")) return {"cmsis-nn", version_named("cmsis-nn", version)};
  return {lower(stack), version_named(stack, version)};
}

Result<Networks> read_networks(const JsonValue& json) {
  Networks networks;
  const JsonValue& list = json["networks"];
  if (list.list.empty()) return fail("a list 'networks' was expected", {}, json.offset);
  for (const JsonValue& network : list.list) {
    if (network["names"].list.empty()) return fail("a network without 'names'", {}, network.offset);
    std::vector<Work> layers;
    for (const JsonValue& layer : network["layers"].list) {
      Result<Work> work = read_layer(layer, network["names"].list.front().text);
      if (!work) return std::unexpected(work.error());
      layers.push_back(*work);
    }
    for (const JsonValue& name : network["names"].list) networks[name.text] = layers;
  }
  return networks;
}

Result<std::vector<Record>> read_records(const JsonValue& json, const Networks& networks) {
  if (json.kind != JsonValue::Kind::list) return fail("a list of records was expected", {}, json.offset);
  std::vector<Record> records;
  records.reserve(json.list.size());
  for (const JsonValue& row : json.list) {
    if (row.kind != JsonValue::Kind::object) return fail(text("record ", records.size(), " is not an object"), {}, row.offset);
    records.push_back(read_record(row, networks, records.size()));
  }
  return records;
}

}  // namespace edgewise::mcu
