// A layer with weights, made ready for one arithmetic: how inputs and weights are taken in, where sums start, what becomes of them.
#pragma once

#include <memory>

#include "core/kernels/dynamic_range.h"
#include "core/kernels/simd/panels.h"

namespace edgewise::kernels::simd {

/// Calls each(slot, channels of it, panel's sums, panel's outputs) for the panels of `channels` channels from `slot` on.
template <class Sum, class T, class Each>
void for_each_panel(const Sum* sums, std::size_t rows, std::size_t slot, std::size_t channels, T* outputs, Each each) {
  for (std::size_t done = 0; done < channels; done += lanes, sums += rows * lanes) each(slot + done, std::min(lanes, channels - done), sums, outputs + done);
}

struct EightReals { Float32x4 low, high; };

/// Rows of 8 reals to outputs, clamped. The bounds are its own: those in memory could change with every output that is written.
class PutClamped {
 public:
  explicit PutClamped(const RealClamp& range) : lowest_(Float32x4{} + range.lowest), highest_(Float32x4{} + range.highest) {}
  /// The first `count` of eight(row) for each row. Two loops, as in put_rows (requantize.cpp).
  template <class Eight>
  void operator()(std::size_t rows, std::size_t count, float* outputs, std::size_t stride, Eight eight) const {
    if (count == lanes) {
      for (std::size_t row = 0; row < rows; ++row, outputs += stride) {
        const EightReals reals = clamped(eight(row));
        store(outputs, reals.low);
        store(outputs + 4, reals.high);
      }
      return;
    }
    for (std::size_t row = 0; row < rows; ++row, outputs += stride) {
      const EightReals reals = clamped(eight(row));
      std::memcpy(outputs, &reals, count * sizeof(float));
    }
  }

 private:
  EightReals clamped(EightReals reals) const { return {clamped(reals.low), clamped(reals.high)}; }
  Float32x4 clamped(Float32x4 real) const {
    const Float32x4 raised = real < lowest_ ? lowest_ : real;
    return highest_ < raised ? highest_ : raised;
  }
  Float32x4 lowest_, highest_;
};

/// Sums of floats to outputs: + bias, clamped. (Where there is no bias 0 is added, which changes nothing: a sum that began at 0 is never -0.)
struct FinishFloat {
  std::vector<float> bias;   ///< by slot
  RealClamp range;
  void operator()(const float* all_sums, std::size_t rows, std::size_t first, std::size_t channels, float* all_outputs, std::size_t stride) const {
    const PutClamped put(range);
    for_each_panel(all_sums, rows, first, channels, all_outputs, [&](std::size_t slot, std::size_t count, const float* sums, float* outputs) {
      const auto low = load<Float32x4>(bias.data() + slot), high = load<Float32x4>(bias.data() + slot + 4);
      put(rows, count, outputs, stride, [&](std::size_t row) {
        return EightReals{load<Float32x4>(sums + row * lanes) + low, load<Float32x4>(sums + row * lanes + 4) + high};
      });
    });
  }
};

/// Sums of integers to the reals of dynamic range layers (core/kernels/dynamic_range.h).
struct FinishReal {
  std::vector<float> bias, weight_scale;   ///< by slot
  bool has_bias;
  RealClamp range;
  float input_scale = 0.0f;                ///< of the image at hand
  void operator()(const std::uint32_t* all_sums, std::size_t rows, std::size_t first, std::size_t channels, float* all_outputs, std::size_t stride) const {
    const PutClamped put(range);
    for_each_panel(all_sums, rows, first, channels, all_outputs, [&](std::size_t slot, std::size_t count, const std::uint32_t* sums, float* outputs) {
      const Float32x4 low_scale = input_scale * load<Float32x4>(weight_scale.data() + slot), high_scale = input_scale * load<Float32x4>(weight_scale.data() + slot + 4);
      const auto low_bias = load<Float32x4>(bias.data() + slot), high_bias = load<Float32x4>(bias.data() + slot + 4);
      const auto reals = [&](const std::uint32_t* from, Float32x4 scale) { return __builtin_convertvector(load<Int32x4>(from), Float32x4) * scale; };
      const auto eight = [&](std::size_t row) { return EightReals{reals(sums + row * lanes, low_scale), reals(sums + row * lanes + 4, high_scale)}; };
      if (has_bias) {
        put(rows, count, outputs, stride, [&](std::size_t row) {
          const EightReals products = eight(row);
          return EightReals{products.low + low_bias, products.high + high_bias};
        });
      } else {   // adding 0 would turn -0 into 0
        put(rows, count, outputs, stride, eight);
      }
    });
  }
};

/// Sums to int16 codes. The accumulator is 64-bit where the bias is, and then has arithmetic of its own.
struct FinishWide {
  std::vector<std::int64_t> bias;   ///< by slot
  std::vector<Multiplier> multiplier;
  OutputGrid grid;
  bool is_64_bit;
  void operator()(const std::uint32_t* all_sums, std::size_t rows, std::size_t first, std::size_t channels, std::int16_t* all_codes, std::size_t stride) const {
    for_each_panel(all_sums, rows, first, channels, all_codes, [&](std::size_t slot, std::size_t count, const std::uint32_t* sums, std::int16_t* codes) {
      for (std::size_t row = 0; row < rows; ++row, sums += lanes, codes += stride)
        for (std::size_t i = 0; i < count; ++i) {
          const std::int64_t sum = static_cast<std::int32_t>(sums[i]) + bias[slot + i];
          codes[i] = static_cast<std::int16_t>(is_64_bit ? requantize(sum, multiplier[slot + i], grid) : requantize(static_cast<std::int32_t>(sum), multiplier[slot + i], grid));
        }
    });
  }
};

/// Sums to uint8 codes: int8 codes of a grid that lies 128 lower, each with its highest bit flipped.
struct FinishUnsigned {
  ToCodes codes;
  void operator()(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::uint8_t* outputs, std::size_t stride) const {
    codes(sums, rows, slot, channels, reinterpret_cast<std::int8_t*>(outputs), stride);
    for (std::size_t row = 0; row < rows; ++row, outputs += stride)
      for (std::size_t i = 0; i < channels; ++i) outputs[i] ^= 0x80;
  }
};

/// How one arithmetic takes a layer in. T: the activations' type; Code: what they are turned into first where they are quantized as they come.
template <class Products, class Activations, class Codes = Activations>
struct Intake {
  using A = Products;
  using T = Activations;
  using Code = Codes;
  /// Of the weights in the file.
  using FileWeight = std::conditional_t<std::is_same_v<T, std::uint8_t>, std::uint8_t, std::conditional_t<std::is_same_v<A, Floats>, float, std::int8_t>>;
  static constexpr bool is_dynamic = !std::is_same_v<T, Code>;
  typename A::X zero{};               ///< taken off a code, or what flips its sign bit where the arithmetic wants bytes
  typename A::X border{};             ///< what padding is
  std::int32_t weight_origin = 0;     ///< added to each weight
  std::vector<std::int32_t> weight_zero = {};   ///< by output channel
  std::vector<typename A::Sum> start = {};      ///< by slot
  QuantizeInput quantize_input = nullptr;       ///< where is_dynamic

  typename A::X step(Code code) const {
    if constexpr (std::is_same_v<typename A::X, std::uint8_t>) return static_cast<std::uint8_t>(code) ^ zero;
    else if constexpr (std::is_same_v<Code, float>) return code;
    else return static_cast<typename A::X>(code - zero);
  }
  template <class W>
  typename A::Weight weight(W from, std::size_t channel) const {
    if constexpr (std::is_same_v<W, float>) return from;
    else return static_cast<typename A::Weight>(from - weight_zero[channel] + weight_origin);
  }
};

/// One image after another of a layer's input, as its arithmetic wants it.
template <class Intake>
class Images {
 public:
  using X = typename Intake::A::X;
  /// Nothing when PaddedImage makes none. `g` is that of the padded image, which has each channel of the input `copies` times.
  static std::optional<Images> make(const Geometry& g, std::int64_t copies, const Intake& intake) {
    auto image = PaddedImage<X>::make(g, intake.border);
    if (!image) return {};
    const auto elements = static_cast<std::size_t>(g.in_h * g.in_w * g.in_c / copies);
    return Images{std::move(*image), copies, elements, std::vector<typename Intake::Code>(Intake::is_dynamic ? elements : 0)};
  }
  /// Image `n` of the input; `finish` learns its scale where that is found on the way.
  template <class Finish>
  const X* fill(const Operands& operands, std::int64_t n, const Intake& intake, Finish& finish) {
    const auto* input = operands.in<typename Intake::T>(0) + static_cast<std::size_t>(n) * elements_;
    const auto step = [&](typename Intake::Code code) { return intake.step(code); };
    if constexpr (Intake::is_dynamic) {
      finish.input_scale = intake.quantize_input({input, elements_}, codes_.data());
      return image_.fill(codes_.data(), copies_, step);
    } else {
      return image_.fill(input, copies_, step);
    }
  }
  /// Offset of the first channel of a position of the padded image.
  std::int64_t at(std::int64_t y, std::int64_t x) const { return image_.at(y, x); }

 private:
  Images(PaddedImage<X> image, std::int64_t copies, std::size_t elements, std::vector<typename Intake::Code> codes)
      : image_(std::move(image)), copies_(copies), elements_(elements), codes_(std::move(codes)) {}
  PaddedImage<X> image_;
  std::int64_t copies_;
  std::size_t elements_;
  std::vector<typename Intake::Code> codes_;
};

/// A kernel whose copies share what it holds, so that nothing has to know how to copy that.
template <class Run>
[[gnu::cold]] Kernel shared_kernel(Run run) {
  return [shared = std::make_shared<Run>(std::move(run))](const Operands& operands) { (*shared)(operands); };
}

/// The constant bias of type B by slot, 0 where there is none.
template <class B, class To = B>
[[gnu::cold]] std::vector<To> bias_by_slot(const Site& site, const Slots& slots) {
  std::vector<To> by_slot(slots.count(), 0);
  if (const Value* bias = site.optional(2)) {
    const auto all = bias->view().as<B>();
    const auto channels = slots.channels();
    for (std::size_t slot = 0; slot < channels.size(); ++slot)
      if (channels[slot] >= 0) by_slot[slot] = all[static_cast<std::size_t>(channels[slot])];
  }
  return by_slot;
}

/// Sums over the weights of each output channel, and by magnitude.
struct WeightSums {
  std::vector<std::int64_t> plain, magnitude;
  bool fit_seven_bits = true;   ///< all in [-64, 63]
};
template <class W, class ChannelOf>
[[gnu::cold]] WeightSums weight_sums(std::span<const W> weights, const IntegerLayer& layer, ChannelOf channel_of) {
  WeightSums sums{std::vector<std::int64_t>(layer.multiplier.size()), std::vector<std::int64_t>(layer.multiplier.size())};
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::size_t channel = channel_of(i);
    const std::int32_t weight = weights[i] - layer.weight_zero[channel];
    sums.plain[channel] += weight;
    sums.magnitude[channel] += std::abs(weight);
    sums.fit_seven_bits = sums.fit_seven_bits && weight >= -64 && weight <= 63;
  }
  return sums;
}

/// Onto the grid of an output of bytes, whose codes are int8 once `below` is taken off.
[[gnu::cold]] inline ToCodes to_bytes(const Site& site, const Slots& slots, const IntegerLayer& layer, const WeightSums& sums, std::span<const std::int32_t> bias, std::int32_t below) {
  const std::vector<std::int32_t> channels = slots.channels();
  std::vector<std::int64_t> largest(layer.multiplier.size());
  for (std::size_t slot = 0; slot < channels.size(); ++slot)
    if (channels[slot] >= 0) largest[static_cast<std::size_t>(channels[slot])] = sums.magnitude[static_cast<std::size_t>(channels[slot])] * 255 + std::abs(std::int64_t{bias[slot]});
  const OutputGrid& grid = layer.output;
  return ToCodes({grid.zero_point - below, grid.lowest - below, grid.highest - below}, layer.multiplier, largest, channels, site.out().shape.elements() / layer.multiplier.size(), layer.factor);
}

/// make(intake, finish) for uint8 codes and weights, whose zero points need differences.
template <class ChannelOf, class Make>
[[gnu::cold]] std::optional<Kernel> for_uint8(const Site& site, const Slots& slots, const IntegerLayer& layer, ChannelOf channel_of, Make make) {
  std::vector<std::int32_t> bias = bias_by_slot<std::int32_t>(site, slots);
  const WeightSums sums = weight_sums(site.in(1).view().as<std::uint8_t>(), layer, channel_of);
  FinishUnsigned finish{to_bytes(site, slots, layer, sums, bias, 128)};
  std::vector<std::uint32_t> start;
  for (const std::int32_t first : bias) start.push_back(sum_origin + static_cast<std::uint32_t>(first));
  return make(Intake<Pairs, std::uint8_t>{static_cast<std::int16_t>(layer.input_zero), 0, 0, layer.weight_zero, std::move(start)}, std::move(finish));
}

/// make(intake, finish) for the int8 arithmetic that this machine is quickest with.
template <class Make>
[[gnu::cold]] std::optional<Kernel> for_int8(const Site& site, const Slots& slots, const IntegerLayer& layer, const WeightSums& sums, Make make) {
  const std::vector<std::int32_t> channels = slots.channels();
  const std::vector<std::int32_t> bias = bias_by_slot<std::int32_t>(site, slots);
  const ToCodes finish = to_bytes(site, slots, layer, sums, bias, 0);

  /// `x_zero`: what the arithmetic reads where the input is real 0.
  const auto start = [&](std::int64_t x_zero) {
    std::vector<std::uint32_t> by_slot(channels.size(), sum_origin);
    for (std::size_t slot = 0; slot < channels.size(); ++slot)
      if (channels[slot] >= 0) by_slot[slot] += static_cast<std::uint32_t>(bias[slot] - x_zero * sums.plain[static_cast<std::size_t>(channels[slot])]);
    return by_slot;
  };
  const bool is_symmetric = std::ranges::all_of(layer.weight_zero, [](std::int32_t zero) { return zero == 0; });
  [[maybe_unused]] const auto quads = [&]<class A>(A, std::int32_t weight_origin, bool is_unsigned) {
    const auto flip = static_cast<std::uint8_t>(is_unsigned ? 0x80 : 0);
    const auto border = static_cast<std::uint8_t>(static_cast<std::uint8_t>(layer.input_zero) ^ flip);
    return make(Intake<A, std::int8_t>{flip, border, weight_origin, layer.weight_zero, start(layer.input_zero + (is_unsigned ? 128 : 0))}, finish);
  };
  [[maybe_unused]] const auto served = is_symmetric ? site.relaxed_dot : RelaxedDot::none;
#if defined(__wasm_relaxed_simd__)
  if (served == RelaxedDot::unsigned_exact || served == RelaxedDot::signed_exact)
    return quads(Quads<RelaxedDotInstruction>(), 0, served == RelaxedDot::unsigned_exact);
  if (served == RelaxedDot::i7 && sums.fit_seven_bits) return quads(Narrow<RelaxedDotInstruction>(), 64, false);
#elif !defined(__wasm__)
  if (served == RelaxedDot::unsigned_exact) return quads(Quads<EmulatedDot<RelaxedDot::unsigned_exact>>(), 0, true);
  if (served == RelaxedDot::signed_exact) return quads(Quads<EmulatedDot<RelaxedDot::signed_exact>>(), 0, false);
  if (served == RelaxedDot::i7 && sums.fit_seven_bits) return quads(Narrow<EmulatedDot<RelaxedDot::i7>>(), 64, false);
#endif
  return make(Intake<Pairs, std::int8_t>{static_cast<std::int16_t>(layer.input_zero), 0, 0, layer.weight_zero, start(0)}, finish);
}

/// make(intake, finish) for the types of the site; nothing where the reference has to serve. `channel_of(i)` is the output channel of weight i in the file.
template <class ChannelOf, class Make>
[[gnu::cold]] std::optional<Kernel> for_types(const Site& site, Activation activation, const Slots& slots, ScaleProduct product, ChannelOf channel_of, Make make) {
  const auto types = layer_types(site);
  const Value& weights = site.in(1);
  const Value* bias = site.optional(2);
  if (!types || !weights.is_constant() || (bias != nullptr && !bias->is_constant())) return {};
  const std::size_t channels = slots.groups * slots.per_group;
  if (weights.shape.elements() / channels > most_elements / slots.count()) return {};
  if (*types == LayerTypes::float32) {
    const auto clamp = real_clamp(activation);
    if (!clamp) return {};
    return make(Intake<Floats, float>{.start = std::vector<float>(slots.count())}, FinishFloat{bias_by_slot<float>(site, slots), *clamp});
  }
  if (*types == LayerTypes::dynamic_range) {
    const auto clamp = real_clamp(activation);
    const auto scales = dynamic_range_scales(site, channels);
    if (!clamp || !scales) return {};
    std::vector<float> by_slot;
    for (const std::int32_t channel : slots.channels()) by_slot.push_back(channel < 0 ? 0.0f : (*scales)[static_cast<std::size_t>(channel)]);
    const auto* dense = std::get_if<FullyConnected>(&site.node.op);
    const bool is_asymmetric = dense ? dense->has_asymmetric_inputs : weights.grid.per_channel();
    return make(Intake<Pairs, float, std::int16_t>{.weight_zero = std::vector<std::int32_t>(channels), .start = std::vector<std::uint32_t>(slots.count()),
                                                   .quantize_input = is_asymmetric ? quantize_asymmetric : quantize_symmetric},
                FinishReal{bias_by_slot<float>(site, slots), std::move(by_slot), bias != nullptr, *clamp});
  }
  // Old files multiply their scales in float whatever the operator is (GetQuantizedConvolutionMultipler in TensorFlow Lite's kernel_util.cc).
  auto layer = integer_layer(site, activation, channels, *types == LayerTypes::uint8 ? ScaleProduct::in_float : product);
  if (!layer) return {};
  if (*types == LayerTypes::uint8) return for_uint8(site, slots, *layer, channel_of, make);
  const WeightSums sums = weight_sums(weights.view().as<std::int8_t>(), *layer, channel_of);
  if (*types == LayerTypes::int8) return for_int8(site, slots, *layer, sums, make);

  std::vector<Multiplier> multipliers;
  for (const std::int32_t channel : slots.channels()) multipliers.push_back(channel < 0 ? Multiplier{} : layer->multiplier[static_cast<std::size_t>(channel)]);
  const Intake<Pairs, std::int16_t> intake{0, 0, 0, layer->weight_zero, std::vector<std::uint32_t>(slots.count())};
  if (*types == LayerTypes::int16_narrow)
    return make(intake, FinishWide{bias_by_slot<std::int32_t, std::int64_t>(site, slots), std::move(multipliers), layer->output, false});
  // check() promises that 32-bit accumulators hold; sums on their way to a 64-bit bias have to prove that they fit 32 bits.
  if (std::ranges::any_of(sums.magnitude, [](std::int64_t sum) { return sum * (1 << 15) >= std::int64_t{1} << 31; })) return {};
  return make(intake, FinishWide{bias_by_slot<std::int64_t>(site, slots), std::move(multipliers), layer->output, true});
}

}  // namespace edgewise::kernels::simd
