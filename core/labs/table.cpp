// Which labs there are. Apart from lab.cpp: an evaluator of the page sets fields of the lab it runs and carries none of the others.
#include <algorithm>
#include <array>

#include "core/labs/battery.h"
#include "core/labs/calibrate.h"
#include "core/labs/cells.h"
#include "core/labs/convert.h"
#include "core/labs/coverage.h"
#include "core/labs/crayons.h"
#include "core/labs/decide.h"
#include "core/labs/detection.h"
#include "core/labs/distill.h"
#include "core/labs/drift.h"
#include "core/labs/economics.h"
#include "core/labs/hvac.h"
#include "core/labs/interval.h"
#include "core/labs/journey.h"
#include "core/labs/ladder.h"
#include "core/labs/noise.h"
#include "core/labs/pipeline.h"
#include "core/labs/prune.h"
#include "core/labs/quantize.h"
#include "core/labs/sensitivity.h"
#include "core/labs/simd.h"
#include "core/labs/split.h"
#include "core/labs/zoo.h"

namespace edgewise::labs {

namespace {

// The page and `edgewise lab` list them in this order.
const std::array table = {
    decide_lab(),
    quantize_lab(),
    noise_lab(),
    pipeline_lab(),
    calibrate_lab(),
    sensitivity_lab(),
    zoo_lab(),
    ladder_lab(),
    convert_lab(),
    prune_lab(),
    distill_lab(),
    simd_lab(),
    confidence_lab(),
    hvac_lab(),
    split_lab(),
    cells_lab(),
    economics_lab(),
    forest_lab(),
    listener_lab(),
    coverage_lab(),
    journey_lab(),
    battery_lab(),
    drift_lab(),
    crayons_lab(),
};

}  // namespace

std::span<const Lab> labs() { return table; }

const Lab* find(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Lab::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace edgewise::labs
