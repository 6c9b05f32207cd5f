// A score in slices: how well a graph does on rows of a data set, and how sure that is.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/evaluate/prefix.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"

namespace edgewise {

enum class Metric : std::uint8_t { accuracy, mae, auc, agreement };

/// What a model and a data set can be scored by:
///   labels and several outputs                 accuracy; also labels 0 and 1 and one output, which is then the probability of 1
///   labels 0 and 1, as many outputs as inputs  area under the curve of the reconstruction error (mean squared difference; 1 is the anomaly)
///   real targets (or other labels), one output mean absolute error
///   neither, several outputs                   agreement with the float model's class
///   neither, one output or as many as inputs   mean absolute difference from the float model
/// An error names what does not fit (the shapes, a label) and what would.
Result<Metric> choose_metric(const Graph& graph, const Dataset& dataset);

/// Rows for calibration and rows for the test; no row's bytes occur in both (by hash). The first dataset.calibration_rows (or a fixed pseudo-random fifth, at most
/// 1000) are candidates for calibration, the rest are the test; test rows that equal a calibration row are left out and counted. Both lists are in a
/// pseudo-random order that depends on the rows alone: their first part stands for all, even of a file that is sorted by class.
struct Split {
  std::vector<std::uint32_t> calibration, test;
  std::uint32_t left_out = 0;
};
Split split_rows(const Dataset& dataset);

struct Score {
  Metric metric = Metric::accuracy;
  double value = 0, low = 0, high = 0;   ///< accuracy, auc, agreement in [0, 1]; mae in the target's unit; low..high: 95 % interval
                                         ///< (Wilson 1927 for proportions, Hanley & McNeil 1982 for auc, normal for the mean of errors)
  std::uint32_t seen = 0, total = 0;
  bool against_labels = true;
  double agreement = 0;                  ///< fraction of seen samples whose class equals the float model's (metric accuracy or agreement); else 0
  std::uint32_t changed = 0;             ///< samples whose class differs from the float model's
  std::vector<std::uint32_t> confusion;  ///< [label][answer], classes x classes; empty unless accuracy
  int classes = 0;
};

/// Wilson score interval, 95 %: Wilson 1927, equation 4 with z = 1.959964.
struct Interval { double low, high; };
Interval wilson(std::uint64_t successes, std::uint64_t trials);

/// The class an output stands for: the largest, of equal ones the first. A single output is the probability of class 1.
std::int32_t class_of(std::span<const float> output);

/// Float answers of the rows, to count changes against. Filled as evaluations of the float graph go; a row not there is run when it is needed.
struct FloatAnswers {
  std::vector<std::int32_t> answer;      ///< by dataset row; -1: not known yet
};

class Evaluation {
 public:
  /// `graph` is what is scored; `float_graph` what agreement is counted with. With a `cache`, activations that the last graph scored with it had in the same
  /// place are not computed again. Fails when shapes do not fit or an operator cannot run.
  static Result<Evaluation> prepare(std::shared_ptr<const Graph> graph, std::shared_ptr<const Graph> float_graph, std::shared_ptr<const Dataset> dataset,
                                    std::vector<std::uint32_t> rows, std::shared_ptr<FloatAnswers> float_answers, std::shared_ptr<PrefixCache> cache = {});
  Evaluation(Evaluation&&) noexcept;
  Evaluation& operator=(Evaluation&&) noexcept;
  ~Evaluation();
  /// The next row. False when that was the last one, or there was none left. The score does not depend on where a host stops between steps.
  /// Fails where a run stops itself (a loop that does not end).
  Result<bool> step();
  Score score() const;
  /// Output 0 of the graph for the row of the last step, as real numbers.
  std::span<const float> answer() const;
  /// For adding up the parts of a pool: what merge() needs beyond Score (error sums, anomaly scores).
  struct Part;
  const Part& part() const;

 private:
  struct State;
  explicit Evaluation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What several evaluations of disjoint rows know together. Additive, and a plain value, so that it can travel in a message.
struct Evaluation::Part {
  Metric metric = Metric::accuracy;
  std::uint32_t seen = 0, total = 0, correct = 0, changed = 0;
  bool against_labels = true;
  int classes = 0;
  std::vector<std::uint32_t> confusion;
  double error_sum = 0, error_square_sum = 0;
  std::vector<float> anomaly_scores;          ///< reconstruction error of each seen row, with
  std::vector<std::uint8_t> anomaly_labels;   ///< its label
};
Evaluation::Part merge(const Evaluation::Part& a, const Evaluation::Part& b);
Score score_of(const Evaluation::Part& part);

}  // namespace edgewise
