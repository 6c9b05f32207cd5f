// Exponential, logistic function and tanh of many floats, four at a time: the same floats in every kernel, build and machine.
//
// From additions, multiplications, divisions and bits only. Source: Cephes, expf.c and tanhf.c (Moshier 1989): range reduction and polynomials for single precision.
#pragma once

#include <span>

namespace edgewise::kernels::curves {

/// In place. Relative error below 3e-7 for |x| < 87; beyond it ends at 1.6e-38 and 6.1e37.
void exp(std::span<float> values);
/// 1 / (1 + exp(-x)), in place. Relative error below 4e-7 for x > -87; there it ends at 1.6e-38.
void logistic(std::span<float> values);
/// In place. Relative error below 4e-7.
void tanh(std::span<float> values);

}  // namespace edgewise::kernels::curves
