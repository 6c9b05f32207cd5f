// LSTM, GRU, RNN.
#include <array>

#include "core/formats/onnx/families.h"

namespace edgewise::onnx {

namespace {

using Gate = Recurrent::Gate;
struct GateName { std::string_view name; Gate gate; float alpha = 0.0f, beta = 0.0f; };
/// With the defaults of ONNX's attributes activation_alpha and activation_beta.
constexpr std::array gates{GateName{"Sigmoid", Gate::sigmoid},
                           GateName{"Tanh", Gate::tanh},
                           GateName{"Relu", Gate::relu},
                           GateName{"Affine", Gate::affine, 1.0f},
                           GateName{"LeakyRelu", Gate::leaky_relu, 0.01f},
                           GateName{"ThresholdedRelu", Gate::thresholded_relu, 1.0f},
                           GateName{"ScaledTanh", Gate::scaled_tanh, 1.0f, 1.0f},
                           GateName{"HardSigmoid", Gate::hard_sigmoid, 0.2f, 0.5f},
                           GateName{"Elu", Gate::elu, 1.0f},
                           GateName{"Softsign", Gate::softsign},
                           GateName{"Softplus", Gate::softplus}};

bool has_alpha(Gate gate) { return gate != Gate::sigmoid && gate != Gate::tanh && gate != Gate::relu && gate != Gate::softsign && gate != Gate::softplus; }
bool has_beta(Gate gate) { return gate == Gate::affine || gate == Gate::scaled_tanh || gate == Gate::hard_sigmoid; }
bool is_same_letter(char a, char b) { return (a | 32) == (b | 32); }   // names are written in any case

/// The functions of every direction; alphas and betas stand in lists of those that have one, in order.
Result<std::vector<Recurrent::Function>> functions_of(const NodeProto& node, std::vector<std::string> otherwise, std::size_t directions) {
  std::vector<std::string> names;
  if (const AttributeProto* named = attribute(node, "activations")) names = named->strings;
  const std::size_t wanted = otherwise.size() * directions;
  if (names.empty())
    for (std::size_t i = 0; i < directions; ++i) names.insert(names.end(), otherwise.begin(), otherwise.end());
  if (names.size() != wanted) return fail(text("it names ", names.size(), " activations, ", wanted, " are wanted"));
  const std::vector<float> alphas = reals(node, "activation_alpha"), betas = reals(node, "activation_beta");
  std::vector<Recurrent::Function> functions;
  std::size_t alpha = 0, beta = 0;
  for (const std::string& name : names) {
    const auto row = std::ranges::find_if(gates, [&](const GateName& gate) { return std::ranges::equal(gate.name, name, is_same_letter); });
    if (row == gates.end()) return fail(text("the activation '", name, "' is not supported"));
    Recurrent::Function function{row->gate, row->alpha, row->beta};
    if (has_alpha(row->gate) && alpha < alphas.size()) function.alpha = alphas[alpha++];
    if (has_beta(row->gate) && beta < betas.size()) function.beta = betas[beta++];
    functions.push_back(function);
  }
  return functions;
}

/// What tells the three cells apart: the activations when none are named.
struct CellName { std::string_view name; Recurrent::Cell cell; std::array<std::string_view, 3> activations; };
constexpr std::array cells{CellName{"LSTM", Recurrent::Cell::lstm, {"Sigmoid", "Tanh", "Tanh"}}, CellName{"GRU", Recurrent::Cell::gru, {"Sigmoid", "Tanh", ""}},
                           CellName{"RNN", Recurrent::Cell::rnn, {"Tanh", "", ""}}};
struct DirectionName { std::string_view name; Recurrent::Direction direction; };
constexpr std::array directions{DirectionName{"forward", Recurrent::Direction::forward}, DirectionName{"reverse", Recurrent::Direction::reverse},
                                DirectionName{"bidirectional", Recurrent::Direction::bidirectional}};

}  // namespace

Result<void> import_recurrent(Importer& importer, const NodeProto& node) {
  const CellName& cell = *std::ranges::find(cells, node.op_type, &CellName::name);
  const std::string named = string(node, "direction", "forward");
  const auto direction = std::ranges::find(directions, named, &DirectionName::name);
  if (direction == directions.end()) return fail(text("the direction '", named, "' is not known"));
  std::vector<std::string> activations(cell.activations.begin(), cell.activations.end());
  std::erase(activations, "");
  auto functions = functions_of(node, activations, direction->direction == Recurrent::Direction::bidirectional ? 2 : 1);
  if (!functions) return std::unexpected(functions.error());

  const Shape& recurrence = importer.operand(node, 2).shape;
  if (recurrence.rank() != 3) return fail(text("the recurrence tensor is ", to_text(recurrence)));
  const std::int64_t hidden = integer(node, "hidden_size", recurrence[2]);
  if (hidden < 1 || hidden > (1 << 20)) return fail(text("its hidden size is ", hidden));
  const Recurrent op{cell.cell,         direction->direction,          static_cast<int>(hidden),
                     std::move(*functions), real(node, "clip", 0.0f), flag(node, "linear_before_reset", false),
                     flag(node, "input_forget", false)};

  const bool is_batch_first = flag(node, "layout", false);
  const Order turned{1, 0, 2};
  std::vector<Made> operands;
  for (std::size_t i = 0; i < 8; ++i) {
    Symbol* symbol = importer.input(node, i);
    const bool is_turned = symbol != nullptr && is_batch_first && (i == 0 || i == 5 || i == 6) && symbol->shape.rank() == 3;
    Made id = is_turned ? importer.in_order(*symbol, turned) : importer.optional(symbol);
    if (i == 4 && id && *id != no_value && importer.value(*id).type != DType::int32) id = importer.emit(Cast{}, {id}, {DType::int32});   // lengths
    operands.push_back(std::move(id));
  }
  const auto made = importer.emit(op, std::move(operands), std::vector<Importer::Kind>(3, {DType::float32}));
  if (!made) return std::unexpected(made.error());
  // Batch first: Y is [N, T, D, H], the states [N, D, H].
  importer.define(node, 0, (*made)[0], is_batch_first ? Order{1, 2, 0, 3} : Order{});
  for (std::size_t i = 1; i < (cell.cell == Recurrent::Cell::lstm ? 3 : 2); ++i) importer.define(node, i, (*made)[i], is_batch_first ? turned : Order{});
  return {};
}

}  // namespace edgewise::onnx
