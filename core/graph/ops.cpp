#include "core/graph/ops.h"

#include "core/graph/rule.h"

namespace edgewise {

Op::Op() = default;
Op::Op(const Op&) = default;
Op::Op(Op&&) noexcept = default;
Op& Op::operator=(const Op&) = default;
Op& Op::operator=(Op&&) noexcept = default;
Op::~Op() = default;

std::string name_of(const Op& op) {
  const auto* unsupported = std::get_if<Unsupported>(&op);
  return unsupported != nullptr ? unsupported->name : std::string(rule_of(op).name);
}

}  // namespace edgewise
