// The Fourier transform of real samples, forward and back, as TensorFlow Lite Micro's signal operators compute it: the same roundings, so integers agree to the bit.
//
//   T int16, int32   fixed point in Q0.15 and Q0.31; every stage divides by its radix, so the result is the transform divided by its length
//   T float          unscaled
// Radices 4, 2, 3 and 5. Source of the algorithm and its roundings: KISS FFT 1.3 (kiss_fft.c, kiss_fftr.c, _kiss_fft_guts.h).
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <type_traits>
#include <vector>

namespace edgewise::kernels {

template <class T>
struct Complex {
  T re, im;
};

/// Numbers of one transform; sums wrap as the source's do.
template <class T>
struct FftNumber {
  using Wide = std::conditional_t<std::is_same_v<T, std::int32_t>, std::uint64_t, std::uint32_t>;   // unsigned: the sum of two products may pass the top
  static constexpr int fraction_bits = 8 * static_cast<int>(sizeof(T)) - 1;
  static T rounded(Wide x) {
    return static_cast<T>(static_cast<std::make_signed_t<Wide>>(x + (Wide{1} << (fraction_bits - 1))) >> fraction_bits);
  }
  static Wide wide(T x) { return static_cast<Wide>(static_cast<std::make_signed_t<Wide>>(x)); }
  static T product(T a, T b) { return rounded(wide(a) * wide(b)); }
  static Complex<T> product(Complex<T> a, Complex<T> b) {
    return {rounded(wide(a.re) * wide(b.re) - wide(a.im) * wide(b.im)), rounded(wide(a.re) * wide(b.im) + wide(a.im) * wide(b.re))};
  }
  static T divided(T x, int by) { return product(x, static_cast<T>(std::numeric_limits<T>::max() / by)); }
  static T half(T x) { return static_cast<T>(x >> 1); }
  static T sum(T a, T b) { return static_cast<T>(wide(a) + wide(b)); }
  static T difference(T a, T b) { return static_cast<T>(wide(a) - wide(b)); }
  static T of(double real) { return static_cast<T>(std::floor(0.5 + std::numeric_limits<T>::max() * real)); }
};
template <>
struct FftNumber<float> {
  static float product(float a, float b) { return a * b; }
  static Complex<float> product(Complex<float> a, Complex<float> b) { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
  static float divided(float x, int) { return x; }
  static float half(float x) { return x * 0.5f; }
  static float sum(float a, float b) { return a + b; }
  static float difference(float a, float b) { return a - b; }
  static float of(double real) { return static_cast<float>(real); }
};

template <class T>
class RealFft {
  using N = FftNumber<T>;
  using C = Complex<T>;

 public:
  /// True where half the length has no factors but 2, 3 and 5.
  static bool serves(int length) {
    int rest = length / 2;
    for (const int radix : {2, 3, 5})
      while (rest % radix == 0) rest /= radix;
    return length >= 4 && length % 2 == 0 && rest == 1;
  }

  RealFft(int length, bool is_inverse) : half_(static_cast<std::size_t>(length / 2)), is_inverse_(is_inverse), packed_(half_), work_(half_) {
    const double sign = is_inverse ? 1.0 : -1.0;
    const auto turn = [sign](double phase) { return C{N::of(std::cos(sign * phase)), N::of(std::sin(sign * phase))}; };
    for (std::size_t i = 0; i < half_; ++i) twiddles_.push_back(turn(2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(half_)));
    for (std::size_t i = 0; i < half_ / 2; ++i) real_twiddles_.push_back(turn(std::numbers::pi * ((static_cast<double>(i) + 1.0) / static_cast<double>(half_) + 0.5)));
    for (std::size_t rest = half_; rest > 1;) {
      const std::size_t radix = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : 5;
      rest /= radix;
      stages_.push_back({radix, rest});
    }
  }

  /// `length` samples to length / 2 + 1 bins.
  void forward(const T* samples, C* bins) {
    for (std::size_t i = 0; i < half_; ++i) packed_[i] = {samples[2 * i], samples[2 * i + 1]};
    transform();
    const C first{N::divided(work_[0].re, 2), N::divided(work_[0].im, 2)};
    bins[0] = {N::sum(first.re, first.im), T{0}};
    bins[half_] = {N::difference(first.re, first.im), T{0}};
    for (std::size_t k = 1; k <= half_ / 2; ++k) {
      const C a = divided(work_[k], 2), b = divided({work_[half_ - k].re, N::difference(T{0}, work_[half_ - k].im)}, 2);
      const C even = sum(a, b), odd = N::product(difference(a, b), real_twiddles_[k - 1]);
      bins[k] = {halved_sum(even.re, odd.re), halved_sum(even.im, odd.im)};
      bins[half_ - k] = {halved_difference(even.re, odd.re), halved_difference(odd.im, even.im)};
    }
  }

  /// length / 2 + 1 bins to `length` samples.
  void inverse(const C* bins, T* samples) {
    packed_[0] = divided({N::sum(bins[0].re, bins[half_].re), N::difference(bins[0].re, bins[half_].re)}, 2);
    for (std::size_t k = 1; k <= half_ / 2; ++k) {
      const C a = divided(bins[k], 2), b = divided({bins[half_ - k].re, N::difference(T{0}, bins[half_ - k].im)}, 2);
      const C even = sum(a, b), odd = N::product(difference(a, b), real_twiddles_[k - 1]);
      packed_[k] = sum(even, odd);
      const C mirrored = difference(even, odd);
      packed_[half_ - k] = {mirrored.re, N::difference(T{0}, mirrored.im)};
    }
    transform();
    for (std::size_t i = 0; i < half_; ++i) {
      samples[2 * i] = work_[i].re;
      samples[2 * i + 1] = work_[i].im;
    }
  }

 private:
  struct Stage { std::size_t radix, size; };

  static C sum(C a, C b) { return {N::sum(a.re, b.re), N::sum(a.im, b.im)}; }
  static C difference(C a, C b) { return {N::difference(a.re, b.re), N::difference(a.im, b.im)}; }
  static C divided(C x, int by) { return {N::divided(x.re, by), N::divided(x.im, by)}; }
  /// The sum is wider than T before it is halved.
  static T halved_sum(T a, T b) {
    if constexpr (std::is_same_v<T, std::int16_t>) return static_cast<T>((a + b) >> 1);
    else return N::half(N::sum(a, b));
  }
  static T halved_difference(T a, T b) {
    if constexpr (std::is_same_v<T, std::int16_t>) return static_cast<T>((a - b) >> 1);
    else return N::half(N::difference(a, b));
  }

  void transform() { stage(work_.data(), packed_.data(), 1, 0); }

  void stage(C* out, const C* in, std::size_t stride, std::size_t at) {
    const auto [radix, size] = stages_[at];
    for (std::size_t q = 0; q < radix; ++q)
      if (size == 1) out[q] = in[q * stride];
      else stage(out + q * size, in + q * stride, stride * radix, at + 1);
    for (std::size_t i = 0; i < size; ++i) {
      if (radix == 2) butterfly_2(out + i, size, stride, i);
      else if (radix == 3) butterfly_3(out + i, size, stride, i);
      else if (radix == 4) butterfly_4(out + i, size, stride, i);
      else butterfly_5(out + i, size, stride, i);
    }
  }

  void butterfly_2(C* f, std::size_t m, std::size_t stride, std::size_t i) const {
    f[0] = divided(f[0], 2);
    const C t = N::product(divided(f[m], 2), twiddles_[i * stride]);
    f[m] = difference(f[0], t);
    f[0] = sum(f[0], t);
  }

  void butterfly_4(C* f, std::size_t m, std::size_t stride, std::size_t i) const {
    f[0] = divided(f[0], 4);
    const C a = N::product(divided(f[m], 4), twiddles_[i * stride]), b = N::product(divided(f[2 * m], 4), twiddles_[2 * i * stride]),
            c = N::product(divided(f[3 * m], 4), twiddles_[3 * i * stride]);
    const C minus = difference(f[0], b), outer = sum(a, c), turned = difference(a, c);
    f[0] = sum(f[0], b);
    f[2 * m] = difference(f[0], outer);
    f[0] = sum(f[0], outer);
    const C up{N::sum(minus.re, turned.im), N::difference(minus.im, turned.re)}, down{N::difference(minus.re, turned.im), N::sum(minus.im, turned.re)};
    f[m] = is_inverse_ ? down : up;
    f[3 * m] = is_inverse_ ? up : down;
  }

  void butterfly_3(C* f, std::size_t m, std::size_t stride, std::size_t i) const {
    const T third = twiddles_[stride * m].im;
    f[0] = divided(f[0], 3);
    const C a = N::product(divided(f[m], 3), twiddles_[i * stride]), b = N::product(divided(f[2 * m], 3), twiddles_[2 * i * stride]);
    const C both = sum(a, b), between = difference(a, b);
    const C middle{N::difference(f[0].re, N::half(both.re)), N::difference(f[0].im, N::half(both.im))}, turned{N::product(between.re, third), N::product(between.im, third)};
    f[0] = sum(f[0], both);
    f[2 * m] = {N::sum(middle.re, turned.im), N::difference(middle.im, turned.re)};
    f[m] = {N::difference(middle.re, turned.im), N::sum(middle.im, turned.re)};
  }

  void butterfly_5(C* f, std::size_t m, std::size_t stride, std::size_t i) const {
    const C ya = twiddles_[stride * m], yb = twiddles_[2 * stride * m];
    const C zero = divided(f[0], 5);
    const C a = N::product(divided(f[m], 5), twiddles_[i * stride]), b = N::product(divided(f[2 * m], 5), twiddles_[2 * i * stride]),
            c = N::product(divided(f[3 * m], 5), twiddles_[3 * i * stride]), d = N::product(divided(f[4 * m], 5), twiddles_[4 * i * stride]);
    const C outer = sum(a, d), across = difference(a, d), inner = sum(b, c), between = difference(b, c);
    f[0] = {N::sum(zero.re, N::sum(outer.re, inner.re)), N::sum(zero.im, N::sum(outer.im, inner.im))};
    const auto along = [&](T p, T q) {
      return C{N::sum(N::sum(zero.re, N::product(outer.re, p)), N::product(inner.re, q)), N::sum(N::sum(zero.im, N::product(outer.im, p)), N::product(inner.im, q))};
    };
    const C first = along(ya.re, yb.re), second = along(yb.re, ya.re);
    const C first_turn{N::sum(N::product(across.im, ya.im), N::product(between.im, yb.im)),
                       N::difference(N::difference(T{0}, N::product(across.re, ya.im)), N::product(between.re, yb.im))};
    const C second_turn{N::difference(N::product(between.im, ya.im), N::product(across.im, yb.im)), N::difference(N::product(across.re, yb.im), N::product(between.re, ya.im))};
    f[m] = difference(first, first_turn);
    f[4 * m] = sum(first, first_turn);
    f[2 * m] = sum(second, second_turn);
    f[3 * m] = difference(second, second_turn);
  }

  std::size_t half_;
  bool is_inverse_;
  std::vector<Stage> stages_;
  std::vector<C> twiddles_, real_twiddles_, packed_, work_;
};

}  // namespace edgewise::kernels
