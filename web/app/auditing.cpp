#include "web/app/auditing.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace edgewise {

namespace {

constexpr std::array all_verdicts{labs::Verdict::right, labs::Verdict::imprecise, labs::Verdict::inconsistent, labs::Verdict::wrong, labs::Verdict::cannot_be_known};

}  // namespace

std::vector<std::string> audit_settings(const LabView& view) {
  std::vector<std::string> settings;
  if (!view.claim.empty()) settings.push_back(view.claim);
  if (view.verdict) settings.push_back(text("verdict=", labs::name_of(*view.verdict)));
  std::string words;   // a comma ends a setting; between words it is as good as a space
  for (const std::string_view part : split(view.search, ','))
    for (const std::string_view word : split(part, ' '))
      if (!word.empty()) words += text(words.empty() ? "" : " ", word);
  if (!words.empty()) settings.push_back(text("q=", words));
  return settings;
}

Result<void> set_audit(LabView& view, std::string_view setting) {
  if (setting.starts_with("q=")) {
    const std::string_view words = setting.substr(2);
    if (words.size() > longest_search) return fail(text("the search has ", words.size(), " bytes, the limit is ", longest_search));
    return view.search = words, Result<void>{};
  }
  if (setting.starts_with("verdict=")) {
    std::string names;
    for (const labs::Verdict verdict : all_verdicts) {
      if (labs::name_of(verdict) == setting.substr(8)) return view.verdict = verdict, Result<void>{};
      names += text(names.empty() ? "" : ", ", labs::name_of(verdict));
    }
    return fail(text("'", setting.substr(8, 40), "' is not a verdict; there are ", names));
  }
  if (!labs::has_claim(setting)) return fail(text("'", setting.substr(0, 40), "' is not one of the auditor's claims, E1 to E49"));
  view.claim = setting;   // one row is open at a time: the last that is named
  return {};
}

const Claims& open_audit(App& app) {
  if (!app.claims) app.claims = {labs::audit(), labs::what_is_right()};
  return *app.claims;
}

}  // namespace edgewise
