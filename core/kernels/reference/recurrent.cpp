// RECURRENT: ONNX's LSTM, GRU and RNN over whole sequences, in float32, every direction by itself.
//
//   LSTM  i, o, f, c~ = gates of  W x + R h + Wb + Rb (+ peepholes * cell);  cell = f * cell + i * c~;  h = o * g(cell)
//   GRU   z, r = gates;  h~ = g(W x + r * (R h) + ..) or g(W x + R (r * h) + ..);  h = (1 - z) * h~ + z * h
//   RNN   h = f(W x + R h + Wb + Rb)
// Sequences shorter than the longest stop early: their outputs behind the end are 0, their states those of their last step.
// Source: ONNX's operators of these names.
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

float value_of(const Recurrent::Function& f, float x) {
  switch (f.gate) {
    case Recurrent::Gate::sigmoid: return 1.0f / (1.0f + std::exp(-x));
    case Recurrent::Gate::tanh: return std::tanh(x);
    case Recurrent::Gate::relu: return std::max(0.0f, x);
    case Recurrent::Gate::affine: return f.alpha * x + f.beta;
    case Recurrent::Gate::leaky_relu: return x < 0.0f ? f.alpha * x : x;
    case Recurrent::Gate::thresholded_relu: return x > f.alpha ? x : 0.0f;
    case Recurrent::Gate::scaled_tanh: return f.alpha * std::tanh(f.beta * x);
    case Recurrent::Gate::hard_sigmoid: return std::clamp(f.alpha * x + f.beta, 0.0f, 1.0f);
    case Recurrent::Gate::elu: return x < 0.0f ? f.alpha * std::expm1(x) : x;
    case Recurrent::Gate::softsign: return x / (1.0f + std::abs(x));
    case Recurrent::Gate::softplus: return x > 0.0f ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
  }
  return x;
}

struct Extents { std::size_t steps, batch, inputs, hidden, directions, gates; };

/// The weights of one direction, and where its state goes.
struct Direction {
  const Recurrent::Function* functions;
  const float *w, *r, *bias, *peepholes;   ///< bias and peepholes may be null
  bool is_reverse;
};

class Cell {
 public:
  Cell(const Recurrent& op, const Extents& extents) : op_(op), e_(extents), sums_(extents.gates * extents.hidden), reset_(extents.hidden), next_(extents.hidden) {}

  /// One step of one sequence: h and, of an LSTM, the cell are replaced.
  void step(const Direction& d, const float* x, float* h, float* cell) {
    switch (op_.cell) {
      case Recurrent::Cell::lstm: return lstm(d, x, h, cell);
      case Recurrent::Cell::gru: return gru(d, x, h);
      case Recurrent::Cell::rnn:
        for (std::size_t i = 0; i < e_.hidden; ++i) next_[i] = value_of(d.functions[0], clipped(input(d, i, x) + recurrent(d, i, h)));
        std::ranges::copy(next_, h);
        return;
    }
  }

 private:
  static float dot(const float* a, const float* b, std::size_t count) {
    float sum = 0.0f;
    for (std::size_t i = 0; i < count; ++i) sum += a[i] * b[i];
    return sum;
  }
  float clipped(float x) const { return op_.clip > 0.0f ? std::clamp(x, -op_.clip, op_.clip) : x; }
  /// W x + Wb and R h + Rb of row `row` of all gates.
  float input(const Direction& d, std::size_t row, const float* x) const { return dot(d.w + row * e_.inputs, x, e_.inputs) + (d.bias ? d.bias[row] : 0.0f); }
  float recurrent(const Direction& d, std::size_t row, const float* h) const {
    return dot(d.r + row * e_.hidden, h, e_.hidden) + (d.bias ? d.bias[e_.gates * e_.hidden + row] : 0.0f);
  }

  void lstm(const Direction& d, const float* x, float* h, float* cell) {
    const std::size_t n = e_.hidden;
    for (std::size_t row = 0; row < 4 * n; ++row) sums_[row] = input(d, row, x) + recurrent(d, row, h);
    const auto peephole = [&](std::size_t gate, std::size_t i, float state) { return d.peepholes ? d.peepholes[gate * n + i] * state : 0.0f; };
    for (std::size_t i = 0; i < n; ++i) {   // gates in the order i, o, f, c; peepholes i, o, f
      const float in = value_of(d.functions[0], clipped(sums_[i] + peephole(0, i, cell[i])));
      const float forget = op_.couples_gates ? 1.0f - in : value_of(d.functions[0], clipped(sums_[2 * n + i] + peephole(2, i, cell[i])));
      const float candidate = value_of(d.functions[1], clipped(sums_[3 * n + i]));
      cell[i] = forget * cell[i] + in * candidate;
      const float out = value_of(d.functions[0], clipped(sums_[n + i] + peephole(1, i, cell[i])));
      h[i] = out * value_of(d.functions[2], cell[i]);
    }
  }

  void gru(const Direction& d, const float* x, float* h) {
    const std::size_t n = e_.hidden;
    for (std::size_t row = 0; row < 2 * n; ++row) sums_[row] = value_of(d.functions[0], clipped(input(d, row, x) + recurrent(d, row, h)));   // z, r
    for (std::size_t i = 0; i < n; ++i) reset_[i] = sums_[n + i] * h[i];
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = 2 * n + i;
      const float before = op_.is_linear_before_reset ? sums_[n + i] * recurrent(d, row, h) : recurrent(d, row, reset_.data());
      const float candidate = value_of(d.functions[1], clipped(input(d, row, x) + before));
      next_[i] = (1.0f - sums_[i]) * candidate + sums_[i] * h[i];
    }
    std::ranges::copy(next_, h);
  }

  Recurrent op_;
  Extents e_;
  std::vector<float> sums_, reset_, next_;
};

}  // namespace

Result<Kernel> recurrent(const Site& site) {
  const auto& op = std::get<Recurrent>(site.node.op);
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (const Value* value = site.optional(i); value != nullptr && value->type != (i == 4 ? DType::int32 : DType::float32)) return no_kernel(site);
  for (std::size_t i = 0; i < 3; ++i)
    if (site.out(i).type != DType::float32) return no_kernel(site);
  const Shape &x = site.in(0).shape, &r = site.in(2).shape;
  const auto extent = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  const Extents e{extent(x[0]), extent(x[1]), extent(x[2]), extent(r[2]), extent(r[0]), extent(r[1] / r[2])};
  return [e, functions = op.functions, is_reverse = op.direction == Recurrent::Direction::reverse, cell = Cell(op, e)](const Operands& operands) mutable {
    const std::size_t states = e.batch * e.hidden;
    float *y = operands.out<float>(0), *h = operands.out<float>(1), *c = operands.out<float>(2);
    std::fill_n(y, e.steps * e.directions * states, 0.0f);
    for (const auto& [to, from] : {std::pair{h, operands.in<float>(5)}, std::pair{c, operands.in<float>(6)}})
      for (std::size_t i = 0; i < e.directions * states; ++i) to[i] = from ? from[i] : 0.0f;
    const auto* lengths = operands.in<std::int32_t>(4);
    const auto part = [&](std::size_t position, std::size_t direction, std::size_t count) {
      const auto* from = operands.in<float>(position);
      return from ? from + direction * count : nullptr;
    };
    for (std::size_t d = 0; d < e.directions; ++d) {
      const std::size_t rows = e.gates * e.hidden;
      const Direction direction{functions.data() + d * (functions.size() / e.directions), part(1, d, rows * e.inputs), part(2, d, rows * e.hidden),
                                part(3, d, 2 * rows), part(7, d, 3 * e.hidden), is_reverse || d == 1};
      for (std::size_t n = 0; n < e.batch; ++n) {
        const std::size_t steps = lengths ? static_cast<std::size_t>(std::clamp<std::int64_t>(lengths[n], 0, static_cast<std::int64_t>(e.steps))) : e.steps;
        float *state = h + d * states + n * e.hidden, *memory = c + d * states + n * e.hidden;
        for (std::size_t step = 0; step < steps; ++step) {
          const std::size_t t = direction.is_reverse ? steps - 1 - step : step;
          cell.step(direction, operands.in<float>(0) + (t * e.batch + n) * e.inputs, state, memory);
          std::copy_n(state, e.hidden, y + ((t * e.directions + d) * e.batch + n) * e.hidden);
        }
      }
    }
  };
}

}  // namespace edgewise::kernels::reference
