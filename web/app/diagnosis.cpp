#include "web/app/diagnosis.h"

namespace edgewise {

void start_diagnosis(App& app) {
  constexpr std::uint32_t rows = 200;   // as `edgewise sweep --sensitivity` takes without --limit
  app.diagnosis.wish = DiagnosisWish{{++app.diagnosis.made, app.model, app.data}, app.recipe, rows};
}

void keep_diagnosis(App& app) {
  const auto& wish = app.diagnosis.wish;
  if (wish && (wish->model != app.model || wish->data != app.data || !(wish->recipe == app.recipe))) app.diagnosis.wish.reset();
}

}  // namespace edgewise
