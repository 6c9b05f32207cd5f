// The rules of TensorFlow Lite Micro's signal operators. Source: signal/micro/kernels there.
#include "core/base/text.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

constexpr int most = 1 << 20;   // lengths and counts beyond any signal a microcontroller holds

template <class Operator>
const Operator& op_of(const Place& at) {
  return std::get<Operator>(at.node.op);
}

Result<void> within(int value, int least, int highest, std::string_view what) {
  if (value >= least && value <= highest) return {};
  return fail(text(what, " is ", value, ", it must be in [", least, ", ", highest, "]"));
}

Result<void> want_axes(const Place& at, int least) {
  if (at.in(0).rank() >= least) return {};
  return fail(text("the input is ", to_text(at.in(0)), "; at least ", least, least == 1 ? " axis is" : " axes are", " wanted"));
}

Shape with_last(Shape shape, std::int64_t extent) {
  shape.set(shape.rank() - 1, extent);
  return shape;
}

/// A single number: the file's shape where it has one element, else a scalar.
Shape single(const Place& at, std::size_t output) {
  const Shape& shape = at.graph.value(at.node.outputs[output]).shape;
  return shape.elements() == 1 ? shape : Shape{};
}

Result<Shapes> window(const Place& at) {
  if (auto ok = want_axes(at, 1); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op_of<SignalWindow>(at).shift, 0, 31, "shift"); !ok) return std::unexpected(ok.error());
  if (at.in(1).elements() == 0 || at.in(0).elements() % at.in(1).elements() != 0) return fail(text("a window of ", to_text(at.in(1)), " does not divide an input of ", to_text(at.in(0))));
  return at.in(0);
}

Result<void> want_length(int length) {
  if (length >= 4 && length <= (1 << 16) && length % 2 == 0) return {};
  return fail(text("fft_length is ", length, ", it must be even and in [4, 65536]"));
}

Result<Shapes> rfft(const Place& at) {
  const int length = op_of<SignalRfft>(at).length;
  if (auto ok = want_axes(at, 1); !ok) return std::unexpected(ok.error());
  if (auto ok = want_length(length); !ok) return std::unexpected(ok.error());
  if (at.in(0).back() > length) return fail(text("the input has ", at.in(0).back(), " samples, more than the transform's ", length));
  return with_last(at.in(0), length + 2);
}

Result<Shapes> irfft(const Place& at) {
  const int length = op_of<SignalIrfft>(at).length;
  if (auto ok = want_axes(at, 1); !ok) return std::unexpected(ok.error());
  if (auto ok = want_length(length); !ok) return std::unexpected(ok.error());
  if (at.in(0).back() != length + 2) return fail(text("the input has ", at.in(0).back(), " elements; ", length + 2, " are wanted"));
  return with_last(at.in(0), length);
}

Result<Shapes> energy(const Place& at) {
  const auto& op = op_of<SignalEnergy>(at);
  if (auto ok = rules::want_rank(at.in(0), 1, "input"); !ok) return std::unexpected(ok.error());
  const std::int64_t bins = at.in(0)[0] / 2;
  if (op.start < 0 || op.end < op.start || op.end > bins) return fail(text("bins ", op.start, " to ", op.end, " are wanted; the input has ", bins));
  if (bins < 1) return fail("the input has no complex number");
  return Shape{bins};
}

Result<Shapes> filter_bank(const Place& at) {
  const int channels = op_of<SignalFilterBank>(at).channels;
  if (auto ok = within(channels, 1, 4096, "num_channels"); !ok) return std::unexpected(ok.error());
  for (std::size_t i = 3; i < 6; ++i)
    if (at.in(i).elements() != static_cast<std::uint64_t>(channels) + 1)
      return fail(text("input ", i, " has ", at.in(i).elements(), " elements; ", channels + 1, " are wanted, one more than channels"));
  if (at.in(1).elements() != at.in(2).elements()) return fail(text("there are ", at.in(1).elements(), " weights and ", at.in(2).elements(), " unweights"));
  return Shape{channels};
}

/// Each weight and each unweight meets one energy.
Macs filter_bank_macs(const Place& at) {
  const Value& widths = at.value(5);
  if (!widths.is_constant() || widths.type != DType::int16 || widths.contents_omitted()) return {0, false};
  std::uint64_t sum = 0;
  for (const std::int16_t width : widths.view().as<std::int16_t>()) sum += width > 0 ? static_cast<std::uint64_t>(width) : 0;
  return {2 * sum, true};
}

Result<Shapes> spectral_subtraction(const Place& at) {
  const auto& op = op_of<SignalFilterBankSpectralSubtraction>(at);
  if (auto ok = within(op.smoothing_bits, 0, 31, "smoothing_bits"); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op.subtraction_bits, 0, 31, "spectral_subtraction_bits"); !ok) return std::unexpected(ok.error());
  if (at.in(0).elements() != static_cast<std::uint64_t>(op.channels)) return fail(text("num_channels is ", op.channels, ", the input has ", at.in(0).elements(), " elements"));
  return Shapes({at.in(0), at.in(0)});
}

Result<Shapes> pcan(const Place& at) {
  if (auto ok = within(op_of<SignalPcan>(at).snr_shift, 0, 63, "snr_shift"); !ok) return std::unexpected(ok.error());
  if (at.in(1).elements() != at.in(0).elements()) return fail(text("the noise is ", to_text(at.in(1)), ", the input ", to_text(at.in(0))));
  constexpr std::uint64_t table = 4 * 32 - 6 + 3;   // three coefficients from 4 * bits - 6, bits up to 32
  if (at.in(2).elements() < table) return fail(text("the gain table has ", at.in(2).elements(), " elements; at least ", table, " are wanted"));
  return at.in(0);
}

Result<Shapes> filter_bank_log(const Place& at) {
  if (auto ok = within(op_of<SignalFilterBankLog>(at).correction_bits, 0, 31, "input_correction_bits"); !ok) return std::unexpected(ok.error());
  return at.in(0);
}

Result<Shapes> framer(const Place& at) {
  const auto& op = op_of<SignalFramer>(at);
  if (auto ok = want_axes(at, 1); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op.size, 1, most, "frame_size"); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op.step, 1, op.size, "frame_step"); !ok) return std::unexpected(ok.error());
  const std::int64_t samples = at.in(0).back();
  if (samples % op.step != 0) return fail(text("the input has ", samples, " samples, no multiple of the step ", op.step));
  Shape frames = at.in(0);
  if (frames.rank() == limits::rank) return fail(text("frames would need more than ", limits::rank, " axes"));
  frames.set(frames.rank() - 1, samples / op.step);
  frames.push(op.size);
  return Shapes({frames, single(at, 1)});
}

Result<Shapes> stacker(const Place& at) {
  const auto& op = op_of<SignalStacker>(at);
  if (auto ok = within(op.channels, 1, most, "num_channels"); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op.left, 0, 1024, "stacker_left_context"); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op.right, 0, 1024, "stacker_right_context"); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op.step, 1, op.left + op.right + 1, "stacker_step"); !ok) return std::unexpected(ok.error());
  if (at.in(0).elements() != static_cast<std::uint64_t>(op.channels)) return fail(text("num_channels is ", op.channels, ", the input has ", at.in(0).elements(), " elements"));
  return Shapes({Shape{std::int64_t{op.channels} * (op.left + op.right + 1)}, single(at, 1)});
}

Result<Shapes> overlap_add(const Place& at) {
  const int step = op_of<SignalOverlapAdd>(at).step;
  if (auto ok = want_axes(at, 2); !ok) return std::unexpected(ok.error());
  const int rank = at.in(0).rank();
  if (step < 1 || step > at.in(0).back()) return fail(text("frame_step is ", step, ", it must be in [1, ", at.in(0).back(), "]"));
  Shape out;
  for (int axis = 0; axis + 2 < rank; ++axis) out.push(at.in(0)[axis]);
  out.push(at.in(0)[rank - 2] * step);
  return out;
}

Result<Shapes> delay(const Place& at) {
  if (auto ok = want_axes(at, 1); !ok) return std::unexpected(ok.error());
  if (auto ok = within(op_of<SignalDelay>(at).length, 0, most, "delay_length"); !ok) return std::unexpected(ok.error());
  return at.in(0);
}

/// How many inputs it holds, only the file says.
Result<Shapes> circular_buffer(const Place& at) {
  const Shape &x = at.in(0), &y = at.graph.output(at.node).shape;
  if (auto ok = rules::want_rank(x, 4, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = rules::want_rank(y, 4, "output"); !ok) return std::unexpected(ok.error());
  if (x[0] != 1 || x[1] != 1 || y[0] != 1 || x[2] != y[2] || x[3] != y[3]) return fail(text("an input of ", to_text(x), " does not fit an output of ", to_text(y)));
  return y;
}

}  // namespace

const Rule SignalWindow::rule = {.name = "SignalWindow", .inputs = {2, 2}, .shapes = window, .macs = rules::no_macs};
const Rule SignalFftAutoScale::rule = {.name = "SignalFftAutoScale",
                                       .inputs = {1, 1},
                                       .outputs = {2, 2},
                                       .shapes = [](const Place& at) -> Result<Shapes> { return Shapes({at.in(0), single(at, 1)}); },
                                       .macs = rules::no_macs};
const Rule SignalRfft::rule = {.name = "SignalRfft", .inputs = {1, 1}, .shapes = rfft, .macs = rules::no_macs};
const Rule SignalIrfft::rule = {.name = "SignalIrfft", .inputs = {1, 1}, .shapes = irfft, .macs = rules::no_macs};
const Rule SignalEnergy::rule = {.name = "SignalEnergy", .inputs = {1, 1}, .shapes = energy, .macs = rules::no_macs};
const Rule SignalFilterBank::rule = {.name = "SignalFilterBank", .inputs = {6, 6}, .shapes = filter_bank, .macs = filter_bank_macs};
const Rule SignalFilterBankSquareRoot::rule = {.name = "SignalFilterBankSquareRoot", .inputs = {2, 2}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule SignalFilterBankSpectralSubtraction::rule = {
    .name = "SignalFilterBankSpectralSubtraction", .inputs = {1, 1}, .outputs = {2, 2}, .shapes = spectral_subtraction, .macs = rules::no_macs};
const Rule SignalPcan::rule = {.name = "SignalPCAN", .inputs = {3, 3}, .shapes = pcan, .macs = rules::no_macs};
const Rule SignalFilterBankLog::rule = {.name = "SignalFilterBankLog", .inputs = {1, 1}, .shapes = filter_bank_log, .macs = rules::no_macs};
const Rule SignalFramer::rule = {.name = "SignalFramer", .inputs = {1, 1}, .outputs = {2, 2}, .shapes = framer, .macs = rules::no_macs};
const Rule SignalStacker::rule = {.name = "SignalStacker", .inputs = {1, 1}, .outputs = {2, 2}, .shapes = stacker, .macs = rules::no_macs};
const Rule SignalOverlapAdd::rule = {.name = "SignalOverlapAdd", .inputs = {1, 1}, .shapes = overlap_add, .macs = rules::no_macs};
const Rule SignalDelay::rule = {.name = "SignalDelay", .inputs = {1, 1}, .shapes = delay, .macs = rules::no_macs};
const Rule CircularBuffer::rule = {.name = "CIRCULAR_BUFFER", .inputs = {1, 1}, .shapes = circular_buffer, .macs = rules::no_macs};

}  // namespace edgewise
