#include "core/compress/rewrite.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "core/base/text.h"
#include "core/compress/lstm.h"
#include "core/compress/quantize.h"
#include "core/compress/unroll.h"
#include "core/graph/operands.h"

namespace edgewise {

namespace {

/// What an operator computes in.
enum class Arithmetic : std::uint8_t { int8, int16, real };

Arithmetic arithmetic_of(int bits) { return bits == float_bits ? Arithmetic::real : bits == 16 ? Arithmetic::int16 : Arithmetic::int8; }

template <class... Ops>
struct OneOf {
  static bool holds(const Op& op) { return (std::holds_alternative<Ops>(op) || ...); }
};

/// Operators whose output has the grid of their inputs. Concatenation and packing have several inputs.
bool shares_grid(const Op& op) {
  return OneOf<AvgPool2d, MaxPool2d, Pad, Reshape, Transpose, StridedSlice, Concatenation, Pack, ExpandDims, Squeeze, Split_, SplitV, Unpack, Slice, MirrorPad, Tile, ReverseV2, SpaceToBatchNd,
               BatchToSpaceNd, SpaceToDepth, DepthToSpace, ResizeNearestNeighbor, ResizeBilinear>::holds(op);
}

bool has_bias(const Op& op) {
  return std::holds_alternative<Conv2d>(op) || std::holds_alternative<DepthwiseConv2d>(op) || std::holds_alternative<FullyConnected>(op);
}

/// Operators that a recipe puts in integers, beside plain LSTMs. The others stay in float, between DEQUANTIZE and QUANTIZE: what their integers would be (the
/// state of an SVDF), ranges of their outputs do not say.
bool goes_to_integers(const Op& op) {
  return shares_grid(op) || OneOf<Conv2d, DepthwiseConv2d, FullyConnected, Mean, Sum, Add, Sub, Mul, Softmax, Relu, Relu6, LeakyRelu, Logistic, Tanh>::holds(op);
}

/// The output grid TensorFlow Lite fixes for an operator, if it does. bits: 8 or 16.
std::optional<Quantization> fixed_grid(const Op& op, int bits) {
  const bool is_wide = bits == 16;
  if (std::holds_alternative<Softmax>(op) || std::holds_alternative<Logistic>(op))
    return is_wide ? Quantization{{1.0f / 32768.0f}, {0}, 0} : Quantization{{1.0f / 256.0f}, {-128}, 0};
  if (std::holds_alternative<Tanh>(op)) return is_wide ? Quantization{{1.0f / 32768.0f}, {0}, 0} : Quantization{{1.0f / 128.0f}, {0}, 0};
  return {};
}

template <class T>
std::shared_ptr<const Bytes> bytes_of(std::span<const T> values) {
  const auto raw = std::as_bytes(values);
  return std::make_shared<const Bytes>(raw.begin(), raw.end());
}

/// Values that share one grid, as a forest: each points to another of its set, or to itself.
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) {
    for (std::size_t i = 0; i < count; ++i) parent_[i] = static_cast<ValueId>(i);
  }
  ValueId root(ValueId id) {
    while (parent_[at(id)] != id) id = parent_[at(id)] = parent_[at(parent_[at(id)])];
    return id;
  }
  /// The root of `a` stays the root.
  void unite(ValueId a, ValueId b) { parent_[at(root(b))] = root(a); }

 private:
  static std::size_t at(ValueId id) { return static_cast<std::size_t>(id); }
  std::vector<ValueId> parent_;
};

/// What is decided for one computed real value.
struct Decision {
  LayerRecipe recipe;                   ///< of the layer that governs it
  int bits = 0;                         ///< 4..8, 16, float_bits; 0: not a real number (indices, extents)
  std::optional<Quantization> fixed;    ///< by its operator or its file
  bool shares = false;                  ///< made by an operator that hands on the grid of its inputs
  bool adds_range = true;               ///< false: its values are those of the one input it shares a grid with
  Quantization grid;
};

class Rewriter {
 public:
  Rewriter(const Graph& from, const Recipe& recipe, const Ranges* ranges, std::vector<QuantizedWeights> weights, const std::vector<std::vector<bool>>& masks)
      : from_(from), recipe_(recipe), ranges_(ranges), weights_(std::move(weights)), masks_(masks), layers_(layers_of(from)), layer_of_(from.nodes.size(), -1),
        decisions_(from.values.size()), sets_(from.values.size()), uses_(from.values.size(), 0) {}

  Result<Rewritten> run() {
    for (std::size_t i = 0; i < layers_.size(); ++i)
      for (const NodeId run : runs_of_layer(from_, layers_[i])) layer_of_[at(run)] = static_cast<int>(i);
    out_.layers.assign(layers_.size(), {no_value, no_value});
    first_run_of_.resize(layers_.size());
    for (const Node& node : from_.nodes)
      for (const ValueId id : node.inputs)
        if (id != no_value) ++uses_[at(id)];
    for (std::size_t id = 0; id < decisions_.size(); ++id)
      if (from_.values[id].is_variable && is_real(static_cast<ValueId>(id))) decisions_[id].bits = float_bits;
    for (const ValueId id : from_.inputs) decide_input(id);
    for (std::size_t n = 0; n < from_.nodes.size(); ++n) decide(n);
    if (auto ok = choose_grids(); !ok) return std::unexpected(ok.error());

    out_.graph.values = from_.values;
    out_.graph.inputs = from_.inputs;
    out_.graph.outputs = from_.outputs;
    for (std::size_t id = 0; id < decisions_.size(); ++id)
      if (decisions_[id].bits != 0) put_type(out_.graph.values[id], decisions_[id].bits, decisions_[id].grid);
    for (std::size_t n = 0; n < from_.nodes.size(); ++n)
      if (auto ok = emit(n); !ok) return std::unexpected(ok.error());
    for (Value& value : out_.graph.values) forget_file(value);

    std::vector<ValueId*> renamed;
    for (auto& layer : out_.layers) {
      renamed.push_back(&layer.weights);
      renamed.push_back(&layer.bias);
    }
    drop_unused_values(out_.graph, renamed);
    return std::move(out_);
  }

 private:
  static std::size_t at(std::int32_t id) { return static_cast<std::size_t>(id); }
  bool is_plan() const { return ranges_ == nullptr; }
  bool is_real(ValueId id) const { return id != no_value && !from_.value(id).is_constant() && from_.value(id).type == DType::float32; }
  bool is_real_constant(ValueId id) const { return id != no_value && from_.value(id).is_constant() && from_.value(id).type == DType::float32; }
  const Layer* layer_at(std::size_t node) const { return layer_of_[node] < 0 ? nullptr : &layers_[at(layer_of_[node])]; }
  LayerRecipe recipe_of(const Layer& layer) const { return resolve(recipe_, layer.name); }

  // ---- deciding

  static int file_bits(const Value& value) { return value.bits == 0 ? 8 : value.bits; }

  /// A grid from the file is kept at its own width, unless the recipe chooses ranges in another way.
  bool keeps_file_grid(ValueId id, const Decision& decision) const {
    const Value& value = from_.value(id);
    return value.grid.present() && file_bits(value) == decision.bits && decision.recipe.calibration == Calibration::min_max &&
           decision.recipe.activation_symmetry == Symmetry::asymmetric;
  }

  void decide_input(ValueId id) {
    if (!is_real(id)) return;
    Decision& decision = decisions_[at(id)];
    decision.recipe = layers_.empty() ? recipe_.all : recipe_of(layers_.front());
    decision.bits = decision.recipe.activation_bits;
    if (keeps_file_grid(id, decision)) decision.fixed = from_.value(id).grid;
  }

  void decide(std::size_t n) {
    const Node& node = from_.nodes[n];
    const auto first = std::ranges::find_if(node.inputs, [&](ValueId id) { return is_real(id); });
    const Decision* feeding = first == node.inputs.end() ? nullptr : &decisions_[at(*first)];
    for (const ValueId id : node.outputs) {
      if (!is_real(id)) continue;
      Decision& decision = decisions_[at(id)];
      decision.recipe = layer_at(n) != nullptr ? recipe_of(*layer_at(n)) : feeding != nullptr ? feeding->recipe : recipe_.all;
      decision.bits = decision.recipe.activation_bits;
      if (is_integer_lstm(node)) {
        decide_lstm(node, decision);
        continue;
      }
      if (std::holds_alternative<ReadVariable>(node.op)) {
        decide_read(node, id, decision);
        continue;
      }
      if (!goes_to_integers(node.op)) decision.bits = float_bits;
      if (decision.bits == float_bits) continue;
      if (shares_grid(node.op) && feeding != nullptr) {
        decide_shared(node, id, *feeding);
        continue;
      }
      // A fixed grid spans the operator's whole range, so narrower codes would only lose answers: 8 bits, or 16.
      if (fixed_grid(node.op, 8)) decision.bits = decision.bits == 16 ? 16 : 8;
      decision.fixed = keeps_file_grid(id, decision) ? from_.value(id).grid : fixed_grid(node.op, decision.bits);
    }
    if (layer_at(n) != nullptr) share_with_first_run(n);
  }

  /// A layer that runs several times has one grid for all that goes in and one for all that comes out, where the file has none: so its bias is stored once.
  void share_with_first_run(std::size_t n) {
    const Node &first = from_.node(layer_at(n)->node), &node = from_.nodes[n];
    for (const auto& [a, b] : {std::pair{first.inputs[0], node.inputs[0]}, std::pair{first.outputs[0], node.outputs[0]}}) {
      if (a == b || !is_real(a) || !is_real(b)) continue;
      const Decision &one = decisions_[at(a)], &other = decisions_[at(b)];
      if (one.bits == other.bits && one.bits != float_bits && !one.fixed && !other.fixed) sets_.unite(a, b);
    }
  }

  bool is_integer_lstm(const Node& node) const {
    return recipe_.all.weight_bits != float_bits && recipe_.all.activation_bits <= 8 && is_plain_lstm(from_, node);
  }

  /// What a variable holds stays on the grid that its file has for it; else it is kept in float, between QUANTIZE and DEQUANTIZE.
  void decide_read(const Node& node, ValueId id, Decision& decision) {
    const std::string name = variable_of(from_, node);
    const bool is_first = !variables_.contains(name);
    if (is_first && keeps_file_grid(id, decision) && decision.bits == 8) variables_.emplace(name, from_.value(id).grid);
    else if (is_first) variables_.emplace(name, std::nullopt);
    decision.fixed = variables_.at(name);
    if (!decision.fixed) decision.bits = float_bits;
  }

  /// The name of the variable that READ_VARIABLE or ASSIGN_VARIABLE is about.
  static std::string variable_of(const Graph& graph, const Node& node) {
    const VarHandle* handle = handle_of(graph, node.inputs.front());
    return handle != nullptr ? handle->name : std::string();
  }

  /// The grid a variable is on; none: it is in float.
  std::optional<Quantization> grid_of_variable(const std::string& name) const {
    const auto found = variables_.find(name);
    return found == variables_.end() ? std::nullopt : found->second;
  }

  void decide_lstm(const Node& node, Decision& decision) {
    decision.recipe = recipe_.all;
    decision.bits = 8;   // what its kernels saturate to
    if (keeps_file_grid(node.outputs.front(), decision)) decision.fixed = from_.value(node.outputs.front()).grid;
  }

  /// The output of an operator that hands on its inputs' grid. Inputs whose grid is fixed already get a QUANTIZE where it differs (see emit).
  void decide_shared(const Node& node, ValueId id, const Decision& feeding) {
    Decision& decision = decisions_[at(id)];
    decision.bits = feeding.bits;
    decision.shares = true;
    if (decision.bits == float_bits) return;
    if (keeps_file_grid(id, decision)) {
      decision.fixed = from_.value(id).grid;
      return;
    }
    const auto differs = [&](ValueId in) {
      return is_real_constant(in) || (is_real(in) && (!decisions_[at(in)].fixed || *decisions_[at(in)].fixed != *feeding.fixed));
    };
    if (feeding.fixed && std::ranges::none_of(node.inputs, differs)) {
      decision.fixed = feeding.fixed;
      return;
    }
    decision.adds_range = std::holds_alternative<Concatenation>(node.op) || std::holds_alternative<Pack>(node.op);  // what joins may reach further
    for (const ValueId in : node.inputs)
      if (is_real(in) && decisions_[at(in)].bits == decision.bits && !decisions_[at(in)].fixed) sets_.unite(in, id);
  }

  /// The range a grid must cover: what calibration saw, else what the file's grid covers.
  Result<RealRange> range_of(ValueId id, const LayerRecipe& recipe, int bits) const {
    if (at(id) < ranges_->values.size() && ranges_->values[at(id)].count > 0)
      return choose_range(ranges_->values[at(id)], recipe.calibration, recipe.percentile, bits);
    const Value& value = from_.value(id);
    if (value.grid.present()) {
      const CodeRange codes = activation_codes(file_bits(value));
      const float scale = value.grid.scale.front();
      const std::int32_t zero_point = value.grid.zero_point.front();
      return RealRange{std::min(0.0f, dequantize(codes.lowest, scale, zero_point)), std::max(0.0f, dequantize(codes.highest, scale, zero_point))};
    }
    return fail(text("tensor ", id, " '", value.name, "' was not seen in calibration, so its grid is not known"), {}, {},
                "Give at least one sample of this model's data for calibration.");
  }

  static Quantization grid_for(RealRange range, int bits, const LayerRecipe& recipe) {
    return choose_grid(range, bits, bits == 16 ? Symmetry::symmetric : recipe.activation_symmetry);
  }

  /// A grid for `id` at `bits`; without meaning in a plan.
  Result<Quantization> own_grid(ValueId id, const LayerRecipe& recipe, int bits) const {
    if (is_plan()) return Quantization{{1.0f}, {0}, 0};
    const auto range = range_of(id, recipe, bits);
    if (!range) return std::unexpected(range.error());
    return grid_for(*range, bits, recipe);
  }

  Result<void> choose_grids() {
    const Quantization unknown{{1.0f}, {0}, 0};
    std::vector<std::optional<RealRange>> joint(decisions_.size());   // by root of a set
    for (std::size_t id = 0; id < decisions_.size() && !is_plan(); ++id) {
      const Decision& decision = decisions_[id];
      if (decision.bits == 0 || decision.bits == float_bits || decision.fixed || !decision.adds_range) continue;
      const auto range = range_of(static_cast<ValueId>(id), decision.recipe, decision.bits);
      if (!range) return std::unexpected(range.error());
      auto& all = joint[at(sets_.root(static_cast<ValueId>(id)))];
      all = all ? RealRange{std::min(all->low, range->low), std::max(all->high, range->high)} : *range;
    }
    for (std::size_t id = 0; id < decisions_.size(); ++id) {
      Decision& decision = decisions_[id];
      if (decision.bits == 0 || decision.bits == float_bits) continue;
      const ValueId root = sets_.root(static_cast<ValueId>(id));
      decision.grid = decision.fixed ? *decision.fixed : is_plan() ? unknown : grid_for(*joint[at(root)], decision.bits, decisions_[at(root)].recipe);
    }
    return {};
  }

  // ---- making values

  static void put_type(Value& value, int bits, const Quantization& grid) {
    forget_file(value);
    value.type = bits == float_bits ? DType::float32 : bits == 16 ? DType::int16 : DType::int8;
    value.bits = bits < 8 ? bits : 0;
    value.grid = bits == float_bits ? Quantization{} : grid;
  }

  /// What only a float graph says about the file it came from.
  static void forget_file(Value& value) {
    value.file_codes = nullptr;
    if (value.type != DType::float32) return;
    value.grid = {};
    value.bits = 0;
  }

  ValueId add(Value value) {
    out_.graph.values.push_back(std::move(value));
    return static_cast<ValueId>(out_.graph.values.size() - 1);
  }

  /// A value for a changed constant: its own id when this is its only use, else a new one.
  ValueId put_constant(ValueId id, Value value) {
    if (uses_[at(id)] > 1) return add(std::move(value));
    out_.graph.value(id) = std::move(value);
    return id;
  }

  ValueId convert(ValueId id, Op op, std::string_view suffix, int bits, const Quantization& grid) {
    Value value = out_.graph.value(id);
    value.name += suffix;
    value.data = nullptr;
    put_type(value, bits, grid);
    const ValueId converted = add(std::move(value));
    out_.graph.nodes.push_back({std::move(op), {id}, {converted}, 0});
    return converted;
  }

  /// A copy of a computed value that was converted before.
  struct Converted {
    ValueId from;
    Arithmetic arithmetic;
    ValueId to;
  };

  /// `id` in the arithmetic its reader computes in.
  Result<ValueId> operand(ValueId id, Arithmetic wanted, const LayerRecipe& reader) {
    if (!is_real(id) || arithmetic_of(decisions_[at(id)].bits) == wanted) return id;
    for (const Converted& converted : converted_)
      if (converted.from == id && converted.arithmetic == wanted) return converted.to;
    ValueId to = no_value;
    if (wanted == Arithmetic::real) {
      to = convert(id, Dequantize{}, "_dequantized", float_bits, {});
    } else {
      const int bits = wanted == Arithmetic::int16 ? 16 : reader.activation_bits <= 8 ? reader.activation_bits : 8;
      auto grid = own_grid(id, reader, bits);
      if (!grid) return std::unexpected(grid.error());
      to = convert(id, Quantize{}, "_quantized", bits, *grid);
    }
    converted_.push_back({id, wanted, to});
    return to;
  }

  /// A constant operand (of an addition, say): on `wanted`, else on the grid it had in its file, else on one of its own range.
  ValueId constant_operand(ValueId id, Arithmetic arithmetic, const std::optional<Quantization>& wanted) {
    Value value = from_.value(id);
    const int bits = arithmetic == Arithmetic::int16 ? 16 : 8;
    const bool has_codes = value.file_codes != nullptr && value.grid.scale.size() == 1 && file_bits(value) == bits;
    if (has_codes && (!wanted || value.grid == *wanted)) {
      const Quantization grid = value.grid;
      value.data = value.file_codes;
      put_type(value, bits, grid);
      return put_constant(id, std::move(value));
    }
    const std::span<const float> reals = from_.value(id).view().as<float>();
    RealRange range{0.0f, 0.0f};
    for (const float real : reals) range = {std::min(range.low, real), std::max(range.high, real)};
    const Quantization grid = wanted ? *wanted : choose_grid(range, bits, bits == 16 ? Symmetry::symmetric : Symmetry::asymmetric);
    return put_constant(id, on_grid(std::move(value), bits, grid));
  }

  /// A constant of reals, as codes of 8 or 16 bits.
  static Value on_grid(Value value, int bits, const Quantization& grid) {
    const std::span<const float> reals = value.view().as<float>();
    const CodeRange codes = activation_codes(bits);
    Tensor tensor = Tensor::of(bits == 16 ? DType::int16 : DType::int8, value.shape);
    for (std::size_t i = 0; i < reals.size(); ++i) {
      const std::int32_t code = quantize(reals[i], grid.scale.front(), grid.zero_point.front(), codes);
      if (bits == 16) tensor.as<std::int16_t>()[i] = static_cast<std::int16_t>(code);
      else tensor.as<std::int8_t>()[i] = static_cast<std::int8_t>(code);
    }
    put_type(value, bits, grid);
    value.data = std::make_shared<const Bytes>(std::move(tensor.bytes));
    return value;
  }

  // ---- layers

  /// The codes of a layer's weights as a constant.
  Value weights_value(std::size_t layer, ValueId id, const LayerRecipe& recipe) {
    QuantizedWeights& quantized = weights_[layer];
    Value value = from_.value(id);
    value.file_codes = nullptr;
    value.type = DType::int8;
    value.bits = recipe.weight_bits < 8 ? recipe.weight_bits : 0;
    value.grid = quantized.grid;
    value.data = is_plan() ? without_contents() : bytes_of(std::span<const std::int8_t>(quantized.codes));
    return value;
  }

  /// Float weights of a layer; pruned ones are zero.
  Value pruned_weights_value(std::size_t layer, ValueId id) const {
    Value value = from_.value(id);
    if (is_plan()) {
      value.data = without_contents();
      return value;
    }
    const auto reals = from_.value(id).view().as<float>();
    std::vector<float> kept(reals.begin(), reals.end());
    for (std::size_t i = 0; i < kept.size(); ++i)
      if (!masks_[layer][i]) kept[i] = 0.0f;
    value.data = bytes_of(std::span<const float>(kept));
    return value;
  }

  /// The largest bias code: half of what int32 holds, so that the sum of products has the other half. 64-bit biases are bounded by their 48-bit sums.
  static double most_bias(Arithmetic arithmetic) { return arithmetic == Arithmetic::int16 ? 0x1p46 : 0x1p30; }

  /// Weight scales that are too fine for the bias are made coarser, as TensorFlow Lite's converter does: the bias then dwarfs what weights add.
  void fit_scales_to_bias(std::size_t layer, ValueId weights_id, ValueId bias_id, const LayerRecipe& recipe, float input_scale, Arithmetic arithmetic) {
    const auto bias = from_.value(bias_id).view().as<float>();
    const Value& weights = from_.value(weights_id);
    QuantizedWeights& quantized = weights_[layer];
    for (std::size_t c = 0; c < bias.size(); ++c) {
      const std::size_t channel = quantized.grid.per_channel() ? c : 0;
      const double unit = static_cast<double>(input_scale) * static_cast<double>(quantized.grid.scale[channel]);
      const double code = std::abs(static_cast<double>(bias[c])) / unit;
      if (code <= most_bias(arithmetic)) continue;
      const double scale = static_cast<double>(quantized.grid.scale[channel]) * code / most_bias(arithmetic) * (1.0 + 1e-6);
      coarsen_channel(quantized, weights, layers_[layer].channel_axis, recipe, masks_[layer], channel, static_cast<float>(scale));
    }
  }

  /// int32 (int64 with 16-bit activations) on the grid of the accumulator: input scale * weight scale. A bias that is absent is zero: TensorFlow Lite's
  /// integer convolutions want one.
  Value bias_value(ValueId id, std::size_t layer, const Value& input, const Value& weights, ValueId input_id, Arithmetic arithmetic) const {
    const bool is_wide = arithmetic == Arithmetic::int16;
    const auto channels = static_cast<std::size_t>(layers_[layer].channels);
    Value value;
    if (id != no_value) value = from_.value(id);
    else value.name = weights.name + "_bias";
    const Value file = value;
    value.file_codes = nullptr;
    value.type = is_wide ? DType::int64 : DType::int32;
    value.bits = 0;
    if (id == no_value) value.shape = {static_cast<std::int64_t>(channels)};
    value.grid = {{}, std::vector<std::int32_t>(weights.grid.scale.size(), 0), 0};
    for (const float scale : weights.grid.scale) value.grid.scale.push_back(input.grid.scale.front() * scale);
    if (is_plan()) {
      value.data = without_contents();
      return value;
    }
    // Codes from the file are right where everything they were made for is as in the file.
    const Value& float_weights = from_.value(from_.node(layers_[layer].node).inputs[1]);
    const bool same_grids = input_id != no_value && input.grid == from_.value(input_id).grid && weights.grid == float_weights.grid && float_weights.file_codes != nullptr;
    if (same_grids && file.file_codes != nullptr && file.file_codes->size() == channels * (is_wide ? 8u : 4u)) {
      if (file.grid.present()) value.grid = file.grid;
      value.data = file.file_codes;
      return value;
    }
    std::vector<std::int64_t> codes(channels, 0);
    for (std::size_t c = 0; id != no_value && c < channels; ++c) {
      const double unit = static_cast<double>(input.grid.scale.front()) * static_cast<double>(weights.grid.scale[weights.grid.per_channel() ? c : 0]);
      codes[c] = static_cast<std::int64_t>(std::clamp(std::round(static_cast<double>(file.view().as<float>()[c]) / unit), -most_bias(arithmetic), most_bias(arithmetic)));
    }
    if (is_wide) value.data = bytes_of(std::span<const std::int64_t>(codes));
    else {
      const std::vector<std::int32_t> narrow(codes.begin(), codes.end());
      value.data = bytes_of(std::span<const std::int32_t>(narrow));
    }
    return value;
  }

  Result<void> put_integer_operands(std::size_t layer, Node& node, const LayerRecipe& recipe, Arithmetic arithmetic) {
    const ValueId float_input = node.inputs[0], float_weights = node.inputs[1];
    const ValueId float_bias = node.inputs.size() > 2 ? node.inputs[2] : no_value;
    if (float_bias != no_value && !is_real_constant(float_bias)) return fail("the bias is not a float constant");
    auto input = operand(float_input, arithmetic, recipe);
    if (!input) return std::unexpected(input.error());
    node.inputs[0] = *input;
    const Value input_value = out_.graph.value(*input);
    const bool keeps_file = keeps_file_codes(from_.value(float_weights), recipe);
    const Rewritten::LayerValues first_run = out_.layers[layer];
    const bool is_first = first_run.weights == no_value;
    if (is_first && !is_plan() && float_bias != no_value && !keeps_file)
      fit_scales_to_bias(layer, float_weights, float_bias, recipe, input_value.grid.scale.front(), arithmetic);
    const Value weights = is_first ? weights_value(layer, float_weights, recipe) : out_.graph.value(first_run.weights);
    const Value bias = bias_value(float_bias, layer, input_value, weights, *input == float_input ? float_input : no_value, arithmetic);
    node.inputs[1] = is_first ? put_constant(float_weights, weights) : first_run.weights;
    node.inputs.resize(3, no_value);
    if (!is_first && is_same_bias(out_.graph.value(first_run.bias), bias, layer, *input == float_input)) node.inputs[2] = first_run.bias;
    else node.inputs[2] = float_bias == no_value ? add(bias) : put_constant(float_bias, bias);
    if (is_first) out_.layers[layer] = {node.inputs[1], node.inputs[2]};
    return {};
  }

  /// Whether a run of a layer can read the bias of its first run. A plan knows no grids, but the same answer: an input that had to be converted has a grid of its own.
  bool is_same_bias(const Value& first, const Value& bias, std::size_t layer, bool is_as_made) const {
    const ValueId first_input = out_.graph.nodes[first_run_of_[layer]].inputs[0];
    if (!is_as_made || first_input != from_.node(layers_[layer].node).inputs[0]) return false;
    return first.type == bias.type && first.grid == bias.grid && (is_plan() || *first.data == *bias.data);
  }

  Result<void> put_float_operands(std::size_t layer, Node& node, const LayerRecipe& recipe) {
    auto input = operand(node.inputs[0], Arithmetic::real, recipe);
    if (!input) return std::unexpected(input.error());
    node.inputs[0] = *input;
    const ValueId id = node.inputs[1];
    if (out_.layers[layer].weights != no_value) {   // another run of it
      node.inputs[1] = out_.graph.nodes[first_run_of_[layer]].inputs[1];
      return {};
    }
    ValueId stored = no_value;
    if (recipe.weight_bits == float_bits) {
      stored = node.inputs[1] = masks_[layer].empty() ? id : put_constant(id, pruned_weights_value(layer, id));
    } else {
      stored = put_constant(id, weights_value(layer, id, recipe));
      node.inputs[1] = convert(stored, Dequantize{}, "_dequantized", float_bits, {});
    }
    out_.layers[layer] = {stored, node.inputs.size() > 2 ? node.inputs[2] : no_value};
    return {};
  }

  Result<void> emit_layer(std::size_t n) {
    const auto layer = at(layer_of_[n]);
    const LayerRecipe recipe = recipe_of(layers_[layer]);
    Node node = from_.nodes[n];
    const bool is_integer = recipe.weight_bits != float_bits && recipe.activation_bits != float_bits;
    auto ok = is_integer ? put_integer_operands(layer, node, recipe, arithmetic_of(recipe.activation_bits)) : put_float_operands(layer, node, recipe);
    if (!ok) return ok;
    if (layers_[layer].node == static_cast<NodeId>(n)) first_run_of_[layer] = out_.graph.nodes.size();
    if (is_integer || recipe.activation_bits == float_bits) {
      out_.graph.nodes.push_back(std::move(node));
      return {};
    }
    // Computed in float, then put on the grid.
    const ValueId output = node.outputs.front();
    Value value = out_.graph.value(output);
    value.name += "_float";
    put_type(value, float_bits, {});
    node.outputs.front() = add(std::move(value));
    const ValueId computed = node.outputs.front();
    out_.graph.nodes.push_back(std::move(node));
    out_.graph.nodes.push_back({Quantize{}, {computed}, {output}, 0});
    return {};
  }

  // ---- LSTMs

  /// Of all cells together a power of two; the file's, where nothing else is asked for.
  Result<Quantization> grid_of_cells(ValueId id) const {
    if (is_plan()) return Quantization{{1.0f}, {0}, 0};
    Decision as_in_file;
    as_in_file.recipe = recipe_.all;
    as_in_file.bits = 16;
    if (keeps_file_grid(id, as_in_file)) return from_.value(id).grid;
    const auto range = range_of(id, recipe_.all, 16);
    if (!range) return std::unexpected(range.error());
    return cell_grid(*range);
  }

  /// One matrix of a gate: codes on one scale, not so fine that the gate's bias, when it has one, has no code on the grid of the products.
  Value gate_weights(ValueId id, ValueId bias, float input_scale) const {
    LayerRecipe recipe = recipe_.all;
    recipe.granularity = Granularity::per_tensor;
    recipe.weight_symmetry = Symmetry::symmetric;
    Value value = from_.value(id);
    value.file_codes = nullptr;
    value.type = DType::int8;
    value.bits = recipe.weight_bits < 8 ? recipe.weight_bits : 0;
    value.grid = {{1.0f}, {0}, 0};
    value.data = without_contents();
    if (is_plan()) return value;
    QuantizedWeights quantized = quantize_weights(from_.value(id), 0, recipe, {});
    double most = 0.0;
    if (bias != no_value)
      for (const float real : from_.value(bias).view().as<float>()) most = std::max(most, std::abs(static_cast<double>(real)));
    const double least_scale = most / (static_cast<double>(input_scale) * most_bias(Arithmetic::int8));
    if (static_cast<double>(quantized.grid.scale.front()) < least_scale)
      coarsen_channel(quantized, from_.value(id), 0, recipe, {}, 0, static_cast<float>(least_scale * (1.0 + 1e-6)));
    value.grid = quantized.grid;
    value.data = bytes_of(std::span<const std::int8_t>(quantized.codes));
    return value;
  }

  Value gate_bias(ValueId id, float input_scale, const Value& weights) const {
    const Value& file = from_.value(id);
    Value value = file;
    value.file_codes = nullptr;
    value.type = DType::int32;
    value.bits = 0;
    value.grid = {{input_scale * weights.grid.scale.front()}, {0}, 0};
    value.data = without_contents();
    if (is_plan()) return value;
    if (file.grid == value.grid && file.file_codes != nullptr && file.file_codes->size() == value.content_bytes()) {
      value.data = file.file_codes;
      return value;
    }
    const double unit = static_cast<double>(input_scale) * static_cast<double>(weights.grid.scale.front());
    std::vector<std::int32_t> codes;
    for (const float real : file.view().as<float>())
      codes.push_back(static_cast<std::int32_t>(std::clamp(std::round(static_cast<double>(real) / unit), -most_bias(Arithmetic::int8), most_bias(Arithmetic::int8))));
    value.data = bytes_of(std::span<const std::int32_t>(codes));
    return value;
  }

  Result<void> emit_lstm(std::size_t n) {
    Node node = from_.nodes[n];
    const auto input = operand(node.inputs[0], Arithmetic::int8, recipe_.all);
    if (!input) return std::unexpected(input.error());
    node.inputs[0] = *input;
    const Quantization x = out_.graph.value(*input).grid, y = out_.graph.value(node.outputs.front()).grid;
    for (std::size_t gate = 0; gate < 4; ++gate) {
      const ValueId bias = node.inputs[12 + gate], weights = node.inputs[1 + gate], recurrent = node.inputs[5 + gate];
      const Value of_input = gate_weights(weights, bias, x.scale.front());
      node.inputs[12 + gate] = put_constant(bias, gate_bias(bias, x.scale.front(), of_input));
      node.inputs[1 + gate] = put_constant(weights, of_input);
      node.inputs[5 + gate] = put_constant(recurrent, gate_weights(recurrent, no_value, 0.0f));
    }
    const auto cells = grid_of_cells(node.inputs[19]);
    if (!cells) return std::unexpected(cells.error());
    put_type(out_.graph.value(node.inputs[18]), 8, y);
    put_type(out_.graph.value(node.inputs[19]), 16, *cells);
    // The fifth intermediate tells the grid of the hidden state, which without a projection is the output's; the others are of layer norm.
    if (node.intermediates.size() != 5 || node.intermediates[4] == no_value) {
      Value hidden = out_.graph.value(node.inputs[18]);
      hidden.name += "_hidden";
      hidden.is_variable = false;
      node.intermediates.assign(5, no_value);
      node.intermediates[4] = add(std::move(hidden));
    } else {
      put_type(out_.graph.value(node.intermediates[4]), 8, y);
    }
    out_.graph.nodes.push_back(std::move(node));
    return {};
  }

  // ---- the others

  Result<void> emit_assign(std::size_t n) {
    Node node = from_.nodes[n];
    ValueId& id = node.inputs[1];
    const auto grid = grid_of_variable(variable_of(from_, node));
    if (grid && is_real_constant(id)) {
      id = constant_operand(id, Arithmetic::int8, grid);
    } else if (grid && is_real(id)) {
      const Decision& decision = decisions_[at(id)];
      if (decision.bits != 8 || decision.grid != *grid) id = convert(id, Quantize{}, "_requantized", 8, *grid);
    } else if (is_real(id)) {
      auto brought = operand(id, Arithmetic::real, recipe_.all);
      if (!brought) return std::unexpected(brought.error());
      id = *brought;
    }
    out_.graph.nodes.push_back(std::move(node));
    return {};
  }

  /// What variables hold before the first run, on their grids.
  void emit_call_once(std::size_t n) {
    Node node = from_.nodes[n];
    auto& once = std::get<CallOnce>(node.op);
    Graph first = *once.graph;
    for (const Node& inside : first.nodes) {
      if (!std::holds_alternative<AssignVariable>(inside.op)) continue;
      Value& contents = first.value(inside.inputs[1]);
      const auto grid = grid_of_variable(variable_of(first, inside));
      if (grid && contents.is_constant() && contents.type == DType::float32) contents = on_grid(std::move(contents), 8, *grid);
    }
    for (Value& value : first.values) forget_file(value);
    once.graph = std::make_shared<const Graph>(std::move(first));
    out_.graph.nodes.push_back(std::move(node));
  }

  Result<void> emit_other(std::size_t n) {
    Node node = from_.nodes[n];
    if (std::holds_alternative<AssignVariable>(node.op)) return emit_assign(n);
    if (std::holds_alternative<CallOnce>(node.op)) {
      emit_call_once(n);
      return {};
    }
    const auto real_output = std::ranges::find_if(node.outputs, [&](ValueId id) { return is_real(id); });
    if (real_output == node.outputs.end()) {  // SHAPE and its like read any type
      out_.graph.nodes.push_back(std::move(node));
      return {};
    }
    const Decision& decision = decisions_[at(*real_output)];
    const Arithmetic arithmetic = arithmetic_of(decision.bits);
    const bool is_integer = arithmetic != Arithmetic::real;
    const bool shares = is_integer && decision.shares;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      ValueId& id = node.inputs[i];
      if (is_real_constant(id) && is_integer) {
        if (has_bias(node.op) && i == 2) return fail("a product of two computed values cannot have a bias in integers");
        id = constant_operand(id, arithmetic, shares ? std::optional(decision.grid) : std::nullopt);
      } else if (shares && is_real(id)) {
        if (!has_same_grid(decisions_[at(id)], decision)) id = convert(id, Quantize{}, "_requantized", decision.bits, decision.grid);
      } else {
        auto brought = operand(id, arithmetic, decision.recipe);
        if (!brought) return std::unexpected(brought.error());
        id = *brought;
      }
    }
    out_.graph.nodes.push_back(std::move(node));
    return {};
  }

  /// Whether the input of an operator that hands on its grid is on it already: both fixed and equal, or in one set. Known without ranges.
  static bool has_same_grid(const Decision& input, const Decision& output) {
    if (input.bits != output.bits || input.fixed.has_value() != output.fixed.has_value()) return false;
    return !input.fixed || *input.fixed == *output.fixed;
  }

  Result<void> emit(std::size_t n) {
    auto ok = layer_at(n) != nullptr ? emit_layer(n) : is_integer_lstm(from_.nodes[n]) ? emit_lstm(n) : emit_other(n);
    if (ok) return ok;
    Error error = ok.error();
    if (error.where.empty()) error.where = text("node ", n, " '", node_name(from_, static_cast<NodeId>(n)), "'");
    return std::unexpected(error);
  }

  const Graph& from_;
  const Recipe& recipe_;
  const Ranges* ranges_;
  std::vector<QuantizedWeights> weights_;
  const std::vector<std::vector<bool>>& masks_;
  std::vector<Layer> layers_;
  std::vector<int> layer_of_;           ///< by node: index in layers_, or -1
  std::vector<std::size_t> first_run_of_;   ///< by layer: its place among the nodes that came out
  std::vector<Decision> decisions_;     ///< by value of the float graph
  Sets sets_;
  std::vector<int> uses_;               ///< by value: how many inputs of nodes it is
  std::vector<Converted> converted_;
  std::map<std::string, std::optional<Quantization>> variables_;   ///< the grid each is on; absent: it is in float
  Rewritten out_;
};

}  // namespace

Result<Rewritten> rewrite(const Graph& float_graph, const Recipe& recipe, const Ranges* ranges, std::vector<QuantizedWeights> weights,
                          const std::vector<std::vector<bool>>& masks) {
  return Rewriter(float_graph, recipe, ranges, std::move(weights), masks).run();
}

Result<void> check_weights(const Graph& float_graph) {
  for (const Layer& layer : layers_of(float_graph)) {
    const Value* weights = float_graph.input(float_graph.node(layer.node), 1);
    if (weights->is_constant() && weights->type == DType::float32 && !weights->contents_omitted()) continue;
    return fail(text("its weights are ", name_of(weights->type), " without a scale, so they stand for no real numbers"), layer.name);
  }
  return {};
}

void drop_unused_values(Graph& graph, std::vector<ValueId*> renamed) {
  std::vector<ValueId> new_id(graph.values.size(), no_value);
  const auto use = [&](std::vector<ValueId>& ids) {
    for (const ValueId id : ids)
      if (id != no_value) new_id[static_cast<std::size_t>(id)] = 0;
  };
  use(graph.inputs);
  use(graph.outputs);
  for (Node& node : graph.nodes) {
    use(node.inputs);
    use(node.outputs);
    use(node.intermediates);
  }
  std::vector<Value> kept;
  for (std::size_t id = 0; id < new_id.size(); ++id) {
    if (new_id[id] == no_value) continue;
    new_id[id] = static_cast<ValueId>(kept.size());
    kept.push_back(std::move(graph.values[id]));
  }
  graph.values = std::move(kept);
  const auto rename = [&](ValueId& id) {
    if (id != no_value) id = new_id[static_cast<std::size_t>(id)];
  };
  std::ranges::for_each(graph.inputs, rename);
  std::ranges::for_each(graph.outputs, rename);
  for (Node& node : graph.nodes) {
    std::ranges::for_each(node.inputs, rename);
    std::ranges::for_each(node.outputs, rename);
    std::ranges::for_each(node.intermediates, rename);
  }
  for (ValueId* id : renamed) rename(*id);
}

}  // namespace edgewise
