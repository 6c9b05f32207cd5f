#include "core/train/linear.h"

#include <cassert>
#include <cmath>

namespace edgewise::train {

namespace {

/// Solves a x = b for a symmetric positive definite matrix [n, n], of which the lower triangle is read and overwritten by its Cholesky factor.
std::vector<double> solve(std::vector<double>& a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i == j ? std::sqrt(sum) : sum / a[j * n + j];
    }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}

}  // namespace

float Linear::operator()(std::span<const float> row) const {
  float sum = bias;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * row[i];
  return sum;
}

Linear fit_linear(std::span<const float> x, std::span<const float> targets, double ridge) {
  assert(!targets.empty() && x.size() % targets.size() == 0 && ridge > 0.0);
  const std::size_t rows = targets.size(), features = x.size() / rows;
  std::vector<double> mean(features, 0.0);
  double mean_target = 0.0;
  for (std::size_t row = 0; row < rows; ++row) {
    mean_target += static_cast<double>(targets[row]) / static_cast<double>(rows);
    for (std::size_t f = 0; f < features; ++f) mean[f] += static_cast<double>(x[row * features + f]) / static_cast<double>(rows);
  }
  std::vector<double> squares(features * features, 0.0), products(features, 0.0), centered(features);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t f = 0; f < features; ++f) centered[f] = static_cast<double>(x[row * features + f]) - mean[f];
    const double target = static_cast<double>(targets[row]) - mean_target;
    for (std::size_t f = 0; f < features; ++f) {
      products[f] += centered[f] * target;
      for (std::size_t g = 0; g <= f; ++g) squares[f * features + g] += centered[f] * centered[g];
    }
  }
  for (std::size_t f = 0; f < features; ++f) squares[f * features + f] += ridge * static_cast<double>(rows);
  const std::vector<double> weights = solve(squares, std::move(products));
  Linear linear;
  double bias = mean_target;
  for (std::size_t f = 0; f < features; ++f) {
    linear.weights.push_back(static_cast<float>(weights[f]));
    bias -= weights[f] * mean[f];
  }
  linear.bias = static_cast<float>(bias);
  return linear;
}

}  // namespace edgewise::train
