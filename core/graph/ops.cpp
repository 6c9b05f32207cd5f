#include "core/graph/ops.h"

#include "core/graph/rule.h"

namespace edgewise {

std::string name_of(const Op& op) {
  const auto* unsupported = std::get_if<Unsupported>(&op);
  return unsupported != nullptr ? unsupported->name : std::string(rule_of(op).name);
}

}  // namespace edgewise
