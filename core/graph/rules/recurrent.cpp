// The rules of the operators with a memory: UNIDIRECTIONAL_SEQUENCE_LSTM, LSTM, SVDF.
#include "core/base/text.h"
#include "core/graph/recurrent.h"
#include "core/graph/rules/rules.h"

namespace edgewise {

Result<LstmShape> lstm_shape(const Place& at, bool is_sequence, bool is_time_major) {
  const Shape& x = at.in(0);
  if (auto ok = rules::want_rank(x, is_sequence ? 3 : 2, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = rules::want_rank(at.in(2), 2, "weights of the forget gate"); !ok) return std::unexpected(ok.error());
  if (auto ok = rules::want_rank(at.in(6), 2, "recurrent weights of the forget gate"); !ok) return std::unexpected(ok.error());
  LstmShape shape{.time = is_sequence ? x[is_time_major ? 0 : 1] : 1,
                  .batch = is_sequence ? x[is_time_major ? 1 : 0] : x[0],
                  .inputs = x.back(),
                  .cells = at.in(2)[0],
                  .outputs = at.in(6)[1],
                  .gates = at.optional(1) != nullptr ? 4 : 3,
                  .has_projection = at.optional(16) != nullptr};
  if (!shape.has_projection && shape.outputs != shape.cells)
    return fail(text("there are ", shape.cells, " cells and ", shape.outputs, " outputs, but no projection between them"));

  // As many elements as each operand must have; 0 where it may be absent as well.
  const auto cells = static_cast<std::uint64_t>(shape.cells), inputs = static_cast<std::uint64_t>(shape.inputs), outputs = static_cast<std::uint64_t>(shape.outputs),
             batch = static_cast<std::uint64_t>(shape.batch);
  const std::uint64_t wanted[] = {0, cells * inputs, cells * inputs, cells * inputs, cells * inputs, cells * outputs, cells * outputs, cells * outputs, cells * outputs,
                                  cells, cells, cells, cells, cells, cells, cells, outputs * cells, outputs, batch * outputs, batch * cells, cells, cells, cells, cells};
  for (std::size_t i = 1; i < at.node.inputs.size(); ++i)
    if (at.optional(i) != nullptr && at.in(i).elements() != wanted[i])
      return fail(text("input ", i, " is ", to_text(at.in(i)), "; ", wanted[i], " elements are wanted for ", shape.inputs, " inputs, ", shape.cells, " cells and ",
                       shape.outputs, " outputs"));
  const bool has_cifg = at.optional(1) == nullptr;
  if (has_cifg != (at.optional(5) == nullptr) || has_cifg != (at.optional(12) == nullptr))
    return fail("of the input gate some operands are there and some are not");
  const bool has_peephole = at.optional(10) != nullptr;
  if (has_peephole != (at.optional(11) != nullptr) || (at.optional(9) != nullptr) != (has_peephole && !has_cifg))
    return fail("of the peepholes some are there and some are not");
  const bool has_norm = at.optional(21) != nullptr;
  if (has_norm != (at.optional(22) != nullptr) || has_norm != (at.optional(23) != nullptr) || (at.optional(20) != nullptr) != (has_norm && !has_cifg))
    return fail("of the layer norm's coefficients some are there and some are not");
  return shape;
}

Result<SvdfShape> svdf_shape(const Place& at) {
  const int rank = std::get<Svdf>(at.node.op).rank;
  if (auto ok = rules::want_rank(at.in(0), 2, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = rules::want_rank(at.in(1), 2, "feature weights"); !ok) return std::unexpected(ok.error());
  if (auto ok = rules::want_rank(at.in(2), 2, "time weights"); !ok) return std::unexpected(ok.error());
  const SvdfShape shape{.batch = at.in(0)[0], .inputs = at.in(0)[1], .filters = at.in(1)[0], .memory = at.in(2)[1], .rank = rank};
  if (rank < 1 || shape.filters % rank != 0) return fail(text("the rank is ", rank, "; it must divide the ", shape.filters, " filters"));
  if (at.in(1)[1] != shape.inputs || at.in(2)[0] != shape.filters)
    return fail(text("feature weights of ", to_text(at.in(1)), " and time weights of ", to_text(at.in(2)), " do not fit an input of ", to_text(at.in(0))));
  if (at.optional(3) != nullptr && at.in(3).elements() != static_cast<std::uint64_t>(shape.filters / rank))
    return fail(text("the bias has ", at.in(3).elements(), " elements for ", shape.filters / rank, " units"));
  if (at.in(4).elements() != static_cast<std::uint64_t>(shape.batch) * static_cast<std::uint64_t>(shape.filters) * static_cast<std::uint64_t>(shape.memory))
    return fail(text("the state is ", to_text(at.in(4)), "; ", shape.batch, " x ", shape.filters, " filters x ", shape.memory, " steps are wanted"));
  return shape;
}

namespace {

template <class Operator>
Result<LstmShape> shape_of(const Place& at) {
  if constexpr (std::is_same_v<Operator, Lstm>) return lstm_shape(at, false, false);
  else return lstm_shape(at, true, std::get<Operator>(at.node.op).is_time_major);
}

template <class Operator>
Result<Shapes> lstm_output(const Place& at) {
  const auto shape = shape_of<Operator>(at);
  if (!shape) return std::unexpected(shape.error());
  Shape out = at.in(0);
  out.set(out.rank() - 1, shape->outputs);
  return out;
}

/// Each gate sees the input and the output before; the projection sees the cells.
template <class Operator>
Macs lstm_macs(const Place& at) {
  const auto shape = shape_of<Operator>(at);
  if (!shape) return {0, false};
  const std::int64_t projection = shape->has_projection ? shape->outputs * shape->cells : 0;
  return {static_cast<std::uint64_t>(shape->time * shape->batch * (shape->gates * shape->cells * (shape->inputs + shape->outputs) + projection)), true};
}

constexpr std::uint64_t lstm_absent = optional_input(1) | optional_input(5) | optional_input(9) | optional_input(10) | optional_input(11) | optional_input(12) |
                                      optional_input(16) | optional_input(17) | optional_input(20) | optional_input(21) | optional_input(22) | optional_input(23);

}  // namespace

const Rule UnidirectionalSequenceLstm::rule = {.name = "UNIDIRECTIONAL_SEQUENCE_LSTM",
                                               .inputs = {20, 24},
                                               .may_be_absent = lstm_absent,
                                               .shapes = lstm_output<UnidirectionalSequenceLstm>,
                                               .macs = lstm_macs<UnidirectionalSequenceLstm>};
const Rule Lstm::rule = {.name = "LSTM", .inputs = {20, 24}, .may_be_absent = lstm_absent, .shapes = lstm_output<Lstm>, .macs = lstm_macs<Lstm>};
const Rule Svdf::rule = {.name = "SVDF",
                         .inputs = {5, 5},
                         .may_be_absent = optional_input(3),
                         .shapes = [](const Place& at) -> Result<Shapes> {
                           const auto shape = svdf_shape(at);
                           if (!shape) return std::unexpected(shape.error());
                           return Shape{shape->batch, shape->filters / shape->rank};
                         },
                         .macs = [](const Place& at) -> Macs {
                           const auto shape = svdf_shape(at);
                           if (!shape) return {0, false};
                           return {static_cast<std::uint64_t>(shape->batch * shape->filters * (shape->inputs + shape->memory)), true};
                         }};

}  // namespace edgewise
