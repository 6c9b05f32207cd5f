// Distillation: a small network learns from a large one's answers beside the labels.
//
//   loss = alpha T^2 H(softmax(teacher / T), softmax(student / T)) + (1 - alpha) H(label, softmax(student))      H: cross entropy
//
// T^2 keeps the first part's gradient as large as the second's when T changes. Source: Hinton, Vinyals & Dean 2015, sections 2 and 3.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"
#include "core/run/run.h"

namespace edgewise::train {

struct Teacher {
  std::vector<float> scores;   ///< of every row of the data the student learns from, back to back: before the softmax
  double temperature = 4.0;    ///< T, (0, 100]
  double alpha = 0.7;          ///< how much the teacher counts beside the labels, [0, 1]
};

/// Mean loss over a batch, and its gradient by every answer. answers, teacher [samples, classes]; labels [samples].
double distillation_loss(std::span<const float> answers, std::span<const std::int32_t> labels, std::span<const float> teacher, double temperature, double alpha,
                         std::span<float> gradient);

/// What a graph answers to every row of the data, [rows, classes], a row a step; where a softmax ends it, what goes into that.
class TeacherScores {
 public:
  /// Fails when samples or labels do not fit the graph.
  static Result<TeacherScores> prepare(const std::shared_ptr<const Graph>& graph, std::shared_ptr<const Dataset> data);
  /// The next row. False when that was the last one. Fails where the run does, or the answers are not finite.
  Result<bool> step();
  std::size_t size() const { return scores_.size(); }
  std::vector<float> take() { return std::move(scores_); }

 private:
  TeacherScores(Runner runner, std::shared_ptr<const Dataset> data, std::size_t classes);

  Runner runner_;
  std::shared_ptr<const Dataset> data_;
  std::size_t classes_ = 1;
  std::uint64_t row_ = 0;
  std::vector<float> scores_;
};

/// A student for a teacher: its layers in a row, of a `divisor`-th of its channels (at least 2), as an architecture's text. What an architecture has no word
/// for is left out.
std::string student_of(const Graph& teacher, int divisor);

/// All of them at once.
Result<std::vector<float>> teacher_scores(const std::shared_ptr<const Graph>& graph, const Dataset& data);

}  // namespace edgewise::train
