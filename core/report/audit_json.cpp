#include "core/report/audit_json.h"

#include "core/base/json.h"
#include "core/labs/words.h"

namespace edgewise::report {

std::string audit_json(std::span<const labs::Claim> claims) {
  Json json;
  json.open('[');
  for (const labs::Claim& claim : claims) {
    const labs::AuditValue* const first = claim.values.empty() ? nullptr : &claim.values.front();
    json.open('{').field("id", claim.id).field("section", claim.section).field("claim", claim.claim).key("value");
    if (first == nullptr) json.null();
    else json.value(first->value);
    json.field("unit", first == nullptr ? "" : first->unit).field("verdict", labs::name_of(claim.verdict));
    json.field("formula", first == nullptr ? "" : first->formula).field("numbers", first == nullptr ? "" : first->numbers).field("finding", claim.finding);
    json.key("values").open('[');
    for (const labs::AuditValue& v : claim.values)
      json.open('{').field("key", v.key).field("label", v.label).field("value", v.value).field("unit", v.unit).field("formula", v.formula).field("numbers", v.numbers).close('}');
    json.close(']').field("lab", claim.lab).field("page", claim.page).close('}');
  }
  return json.close(']').take();
}

std::string audit_text(std::span<const labs::Claim> claims, bool in_full) {
  std::string out;
  for (const labs::Claim& claim : claims) {
    out += text(claim.id, " ", labs::name_of(claim.verdict), " (", claim.section, ")\n  ", claim.claim, "\n");
    if (!claim.finding.empty()) out += text("  ", claim.finding, "\n");
    for (const labs::AuditValue& v : claim.values) {
      out += text("  ", v.label, ": ", labs::brief(v.value, 5), v.unit.empty() ? "" : " ", v.unit, " = ", v.formula, " = ", v.numbers, "\n");
      if (!in_full) break;
    }
    if (!claim.lab.empty()) out += text("  try it: edgewise lab ", claim.lab, "\n");
    else if (!claim.page.empty()) out += text("  try it: the page at #v=1&", claim.page, "\n");
  }
  return out;
}

}  // namespace edgewise::report
