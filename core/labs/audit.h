// The claim auditor: what the course chapter says in numbers, recomputed.
//
// Each value is computed here by the formula beside it, from the chapter's own inputs and from sourced facts; none is written down. The claims are in our own
// words. A chapter is corrected, not mocked: `what_is_right` lists what holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace edgewise::labs {

enum class Verdict { right, imprecise, inconsistent, wrong, cannot_be_known };
std::string_view name_of(Verdict verdict);   ///< "right", "imprecise", "inconsistent", "wrong", "cannot be known"

struct AuditValue {
  std::string key;         ///< "int8_bytes": the unit is in the name
  std::string label;       ///< "INT8 size"
  double value = 0;
  std::string unit;
  std::string formula;     ///< in symbols or words
  std::string numbers;     ///< the same with its numbers, or where a fact comes from
};

struct Claim {
  std::string id;                   ///< "E1" to "E49"; "R1" on for what is right
  std::string section;              ///< of the chapter
  std::string claim;                ///< what the chapter says
  Verdict verdict = Verdict::right;
  std::string finding;              ///< what is so instead
  std::vector<AuditValue> values;   ///< the one that stands against the claim first; none where no number can
  std::string lab;                  ///< "quantize value=0.8": a state that shows it; empty where no lab does
  std::string page = {};            ///< where no lab does by itself: a link's fragment that shows it on the page, "model=har&r=w8a8&side=latency"
};

/// E1 to E49 in their order.
std::vector<Claim> audit();
std::vector<Claim> what_is_right();
/// E1 to E49 and what is right have that id.
bool has_claim(std::string_view id);

}  // namespace edgewise::labs
