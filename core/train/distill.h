// Distillation: a small network learns from a large one's answers beside the labels.
//
//   loss = alpha T^2 H(softmax(teacher / T), softmax(student / T)) + (1 - alpha) H(label, softmax(student))      H: cross entropy
//
// T^2 keeps the first part's gradient as large as the second's when T changes. Source: Hinton, Vinyals & Dean 2015, sections 2 and 3.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"

namespace edgewise::train {

struct Teacher {
  std::vector<float> scores;   ///< of every row of the data the student learns from, back to back: before the softmax
  double temperature = 4.0;    ///< T, (0, 100]
  double alpha = 0.7;          ///< how much the teacher counts beside the labels, [0, 1]
};

/// Mean loss over a batch, and its gradient by every answer. answers, teacher [samples, classes]; labels [samples].
double distillation_loss(std::span<const float> answers, std::span<const std::int32_t> labels, std::span<const float> teacher, double temperature, double alpha,
                         std::span<float> gradient);

/// What the graph answers to every row of the data, [rows, classes]; where a softmax ends it, what goes into that. Fails when samples or labels do not fit it.
Result<std::vector<float>> teacher_scores(const std::shared_ptr<const Graph>& graph, const Dataset& data);

}  // namespace edgewise::train
