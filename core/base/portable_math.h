// exp, log, pow, sin and cos from additions, multiplications and divisions only, so that a seed gives the same bytes on every machine.
//
// The C library's differ in the last bit between systems. These do not: IEEE 754 fixes every operation they use (compiled with
// -ffp-contract=off). They are as close to the true value as the comments say, which is more than training or a generator can
// notice; not for speed. Idea: range reduction and Taylor series, Muller, Elementary Functions, chapters 3 and 11.
#pragma once

namespace edgewise::portable {

/// Relative error below 1e-14. x <= 709; 0 for x < -708, where the result would be denormal.
double exp(double x);
/// Absolute error below 1e-15 + 1e-15 |log x|. x > 0, finite and normal.
double log(double x);
/// base to the exponent, base >= 0: a whole exponent up to 64 by multiplication alone, else exp(exponent log base). 0 to a positive exponent is 0.
double pow(double base, double exponent);
/// Absolute error below 1e-12 for |x| <= 1e6 radians.
double sin(double radians);
double cos(double radians);

constexpr double pi = 3.14159265358979323846;

}  // namespace edgewise::portable
