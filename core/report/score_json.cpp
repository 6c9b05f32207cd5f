#include "core/report/score_json.h"

namespace edgewise::report {

std::string_view name_of(Metric metric) {
  switch (metric) {
    case Metric::accuracy: return "accuracy";
    case Metric::mae: return "mae";
    case Metric::auc: return "auc";
    case Metric::agreement: return "agreement";
  }
  return "?";
}

void write_score(Json& json, const Score& score) {
  json.field("metric", name_of(score.metric)).field("value", score.value).field("low", score.low).field("high", score.high).field("n", score.seen);
  json.field("against_labels", score.against_labels).field("agreement_with_float", score.agreement).field("answers_changed", score.changed);
}

}  // namespace edgewise::report
