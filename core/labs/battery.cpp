#include "core/labs/battery.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

double full_sun_hours(double latitude_degrees, double day_of_year, double clearness) {
  const double turn = 2 * std::numbers::pi * day_of_year / 365, latitude = latitude_degrees * std::numbers::pi / 180;
  const double distance = 1 + 0.033 * std::cos(turn), declination = 0.409 * std::sin(turn - 1.39);
  const double sunset = std::acos(std::clamp(-std::tan(latitude) * std::tan(declination), -1.0, 1.0));
  constexpr double solar_constant = 0.0820;   // MJ / m2 / min
  const double megajoules = 24 * 60 / std::numbers::pi * solar_constant * distance *
                            (sunset * std::sin(latitude) * std::sin(declination) + std::cos(latitude) * std::cos(declination) * std::sin(sunset));
  return std::max(0.0, megajoules) * clearness / 3.6;   // 3.6 MJ / m2: an hour of 1 kW / m2
}

namespace {

enum At { capacity_at, active_at, listen_at, sleep_at, panel_at, period_at, volts_at, efficiency_at, latitude_at, clearness_at, shade_at, fade_at, messages_at, message_at, target_at };

constexpr std::array fields = {
    Field{.key = "capacity_mah", .label = "Battery", .unit = "mAh", .lowest = 100, .highest = 50000, .initial = 3000, .step = 10, .is_logarithmic = true, .why = "The chapter's forest node has 3,000 mAh."},
    Field{.key = "active_mw", .label = "Power while it listens", .unit = "mW", .lowest = 1, .highest = 5000, .initial = 32, .step = 1, .is_logarithmic = true,
          .why = "The chapter's two figures are 45 and 32 mW; a Raspberry Pi 4 draws 3,200 there."},
    Field{.key = "listen_s", .label = "Listens for", .unit = "s", .lowest = 0.1, .highest = 60, .initial = 5, .step = 0.1, .why = "The chapter's node listens 5 s in every 30 s."},
    Field{.key = "sleep_mw", .label = "Power asleep", .unit = "mW", .lowest = 0, .highest = 20, .initial = 0, .step = 0.01, .why = "Not told in the chapter; 0 is the kindest assumption. Boards with regulators and leaks are near 1 mW."},
    Field{.key = "panel_w", .label = "Solar panel", .unit = "W", .lowest = 0, .highest = 10, .initial = 1, .step = 0.1, .why = "Watts in full sun, 1 kW a square metre. The chapter's node has 1 W."},
    Field{.key = "period_s", .label = "in every", .unit = "s", .lowest = 1, .highest = 3600, .initial = 30, .step = 1, .is_logarithmic = true, .why = "The chapter's node listens 5 s in every 30 s.", .is_detail = true},
    Field{.key = "volts", .label = "Battery voltage", .unit = "V", .lowest = 1, .highest = 24, .initial = 3.7, .step = 0.1, .why = "Nominal voltage of a lithium polymer cell.", .is_detail = true},
    Field{.key = "efficiency_percent", .label = "Charging efficiency", .unit = "%", .lowest = 10, .highest = 100, .initial = 70, .step = 1, .why = "Assumed: converter, heat and dirt together.", .is_detail = true},
    Field{.key = "latitude", .label = "Latitude", .unit = "degrees", .lowest = -65, .highest = 65, .initial = -12, .step = 1, .why = "South is negative. The Peruvian Amazon lies near 12 degrees south.", .is_detail = true},
    Field{.key = "clearness_percent", .label = "Clearness of the sky", .unit = "%", .lowest = 5, .highest = 80, .initial = 50, .step = 1, .why = "What the atmosphere leaves of the sun's radiation; 50 % is assumed, deserts reach 70.", .is_detail = true},
    Field{.key = "shade_percent", .label = "Shade", .unit = "%", .lowest = 0, .highest = 99, .initial = 0, .step = 1, .why = "What leaves keep from the panel. Under a closed canopy it is over 95 %.", .is_detail = true},
    Field{.key = "fade_percent", .label = "Ageing", .unit = "% a year", .lowest = 0, .highest = 40, .initial = 0, .step = 1, .why = "Capacity lost in a year; heat makes it 20 and more.", .is_detail = true},
    Field{.key = "messages_a_day", .label = "Radio messages", .unit = "a day", .lowest = 0, .highest = 2880, .initial = 0, .step = 1, .why = "Not counted by the chapter.", .is_detail = true},
    Field{.key = "message_mj", .label = "Energy of a message", .unit = "mJ", .lowest = 1, .highest = 5000, .initial = 100, .step = 1, .is_logarithmic = true, .why = "Assumed: a LoRa message of some hundred ms at 100 to 400 mW.", .is_detail = true},
    Field{.key = "target_months", .label = "Should last", .unit = "months", .lowest = 1, .highest = 24, .initial = 14, .step = 1, .why = "The chapter says 14 months.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"14 months, with the panel", ""},
    Preset{"the battery alone", "panel_w=0"},
    Preset{"the larger network, alone", "active_mw=45 panel_w=0"},
    Preset{"always on, alone", "listen_s=30 panel_w=0"},
    Preset{"with 1 mW of sleep, alone", "sleep_mw=1 panel_w=0"},
    Preset{"what 14 months would need", "listen_s=1 panel_w=0"},
    Preset{"under a closed canopy", "shade_percent=97"},
    Preset{"a northern winter", "latitude=60 shade_percent=60"},
};

struct Year {
  std::vector<double> months, alone, with_sun;   ///< charge in percent of a new battery, day by day
  double lowest_share = 1, first_empty_months = -1;
  int dark_days = 0;
};
constexpr int simulated_days = 730;

Outcome evaluate(std::span<const double> v) {
  const double duty = std::min(1.0, v[listen_at] / v[period_at]), wh = battery_wh(v[capacity_at], v[volts_at]);
  const double radio = radio_mw(v[message_at], v[messages_at]), power = average_mw(v[active_at], v[sleep_at], duty) + radio;
  const double alone_hours = lifetime_hours(wh, power), use_wh = power * 24 / 1000, efficiency = v[efficiency_at] / 100;
  const double light = v[clearness_at] / 100 * (1 - v[shade_at] / 100), target_hours = v[target_at] * hours_a_month;
  const bool has_panel = v[panel_at] > 0;

  Year year;
  double charge = wh, charge_alone = wh, sun_hours_sum = 0;
  for (int day = 0; day < simulated_days; ++day) {
    const double capacity = wh * std::max(0.0, 1 - v[fade_at] / 100 * day / 365);
    year.months.push_back(day * 24 / hours_a_month);
    year.with_sun.push_back(100 * charge / wh);
    year.alone.push_back(100 * charge_alone / wh);
    const double sun = full_sun_hours(v[latitude_at], day % 365 + 1, light);
    sun_hours_sum += sun;
    charge_alone = std::max(0.0, charge_alone - use_wh);
    charge += solar_wh_a_day(v[panel_at], sun, efficiency) - use_wh;
    if (charge <= 0) {
      ++year.dark_days;
      if (year.first_empty_months < 0) year.first_empty_months = (day + 1) * 24 / hours_a_month;
    }
    charge = std::clamp(charge, 0.0, capacity);
    year.lowest_share = std::min(year.lowest_share, charge / wh);
  }

  Outcome out;
  const bool is_enough_alone = alone_hours >= target_hours;
  out.sentence = text("Alone the battery lasts ", in_time(alone_hours), is_enough_alone ? text(", longer than ") : text(", not "), brief(v[target_at]), " months");
  if (!is_enough_alone) out.sentence += text(": that would take ", brief(wh * 1000 / target_hours), " mW on average, and it is ", brief(power), " mW");
  out.sentence += ".";
  if (has_panel && year.dark_days == 0) {
    out.sentence += text(" With the panel it never runs empty (", percent(year.lowest_share), " at the least): ", in_time(neutral_sun_hours(power, v[panel_at], efficiency)),
                         " of full sun a day make up for everything, so a battery life in months says nothing.");
    out.tone = is_enough_alone ? Tone::good : Tone::warning;
  } else if (has_panel) {
    out.sentence += text(" Even with the panel it is empty on ", year.dark_days, " of ", simulated_days, " days, first after ", brief(year.first_empty_months), " months.");
    out.tone = Tone::bad;
  } else {
    out.tone = is_enough_alone ? Tone::good : Tone::bad;
  }
  if (v[listen_at] > v[period_at]) out.sentence += " It listens longer than the period: always on.";

  const std::string own = "energy = power * time";
  const std::string power_numbers = text(brief(duty), " * ", brief(v[active_at]), " + ", brief(1 - duty), " * ", brief(v[sleep_at]), v[messages_at] > 0 ? text(" + ", brief(radio)) : "", " = ", brief(power, 4), " mW");
  out.figures.push_back({.key = "battery_alone_days", .label = "Battery alone", .unit = "days", .value = alone_hours / 24, .formula = "t = V * C / P",
                         .numbers = text(brief(v[volts_at]), " V * ", brief(v[capacity_at], 6), " mAh / ", brief(power, 4), " mW = ", brief(alone_hours, 5), " h"), .source = own,
                         .tone = is_enough_alone ? Tone::good : Tone::bad, .decimals = 1});
  out.figures.push_back({.key = "battery_alone_months", .label = "the same", .unit = "months", .value = alone_hours / hours_a_month, .formula = "t / (30.44 * 24 h)",
                         .numbers = text(brief(alone_hours, 5), " h / 730.6 h"), .source = own, .decimals = 2});
  out.figures.push_back({.key = "average_mw", .label = "Average power", .unit = "mW", .value = power, .formula = "P = d * active + (1 - d) * sleep + messages * energy / day", .numbers = power_numbers, .source = own, .decimals = 2});
  out.figures.push_back({.key = "needed_mw", .label = text("Power that ", brief(v[target_at]), " months allow"), .unit = "mW", .value = wh * 1000 / target_hours, .formula = "P = V * C / t",
                         .numbers = text(brief(wh, 4), " Wh / (", brief(v[target_at]), " * 730.6 h) = ", brief(wh * 1000 / target_hours, 4), " mW"), .source = own, .decimals = 3});
  out.figures.push_back({.key = "needed_mah", .label = text("Battery for ", brief(v[target_at]), " months"), .unit = "mAh", .value = power * target_hours / v[volts_at], .formula = "C = P * t / V",
                         .numbers = text(brief(power, 4), " mW * ", brief(target_hours, 5), " h / ", brief(v[volts_at]), " V"), .source = own, .decimals = 0});
  out.figures.push_back({.key = "use_wh_a_day", .label = "Used in a day", .unit = "Wh", .value = use_wh, .formula = "P * 24 h", .numbers = text(brief(power, 4), " mW * 24 h"), .source = own, .decimals = 3});
  const double mean_sun = sun_hours_sum / simulated_days, neutral_w = use_wh / (mean_sun * efficiency);
  out.figures.push_back({.key = "neutral_panel_w", .label = "Panel that makes up for it", .unit = "W", .value = neutral_w, .formula = "P * 24 h / (full sun a day * efficiency)",
                         .numbers = text(brief(use_wh), " Wh / (", brief(mean_sun), " h * ", brief(efficiency), ") = ", brief(neutral_w), " W"), .source = "on the sun there is on average; a darker month needs more", .decimals = 3});
  if (has_panel) {
    const double minutes = 60 * neutral_sun_hours(power, v[panel_at], efficiency);
    out.figures.push_back({.key = "neutral_sun_minutes", .label = "Full sun that makes up for it", .unit = "min a day", .value = minutes, .formula = "P * 24 h / (panel * efficiency)",
                           .numbers = text(brief(use_wh), " Wh / (", brief(v[panel_at]), " W * ", brief(efficiency), ") = ", brief(minutes), " min"), .source = own, .decimals = 1});
    out.figures.push_back({.key = "sun_hours_a_day", .label = "Full sun there is, on average", .unit = "h a day", .value = mean_sun, .formula = "radiation outside the atmosphere * clearness * (1 - shade) / 3.6 MJ",
                           .numbers = text("mean over the year at ", brief(v[latitude_at]), " degrees, clearness ", brief(v[clearness_at]), " %, shade ", brief(v[shade_at]), " %"),
                           .source = "Allen et al. 1998, FAO Irrigation and drainage paper 56, equation 21; a level panel", .decimals = 2});
    out.figures.push_back({.key = "lowest_charge_percent", .label = "Lowest charge in two years", .unit = "%", .value = 100 * year.lowest_share, .formula = "charge + sun - use, day by day, between 0 and the capacity",
                           .numbers = text(simulated_days, " days, begun full on 1 January"), .source = "simulated with the two formulas above", .tone = year.dark_days == 0 ? Tone::good : Tone::bad, .decimals = 1});
    out.figures.push_back({.key = "empty_days", .label = "Days on which it runs empty", .unit = "of 730", .value = static_cast<double>(year.dark_days), .formula = "days whose charge reaches 0", .numbers = text(year.dark_days, " of ", simulated_days),
                           .source = "the same simulation", .tone = year.dark_days == 0 ? Tone::good : Tone::bad, .decimals = 0});
  }

  Picture picture{.title = "Charge over two years", .x_label = "months", .y_label = "charge, %", .curves = {}};
  picture.curves.push_back({.label = "battery alone", .x = year.months, .y = year.alone, .tone = is_enough_alone ? Tone::good : Tone::bad});
  if (has_panel) picture.curves.push_back({.label = "with the panel", .x = year.months, .y = year.with_sun, .tone = Tone::good});
  picture.marks.push_back({.label = text(brief(v[target_at]), " months"), .x = v[target_at]});
  if (alone_hours / hours_a_month < 24) picture.marks.push_back({.label = text("alone it is empty, ", in_time(alone_hours)), .x = alone_hours / hours_a_month, .tone = is_enough_alone ? Tone::plain : Tone::bad});
  Picture sun{.title = "What the sun brings and what the node uses", .x_label = "month of the year", .y_label = "Wh a day", .curves = {}};
  Curve brought{.label = "panel", .x = {}, .y = {}, .stroke = Stroke::bars, .tone = Tone::good}, used{.label = "used", .x = {}, .y = {}, .tone = Tone::bad};
  for (int month = 1; month <= 12; ++month) {
    brought.x.push_back(month);
    brought.y.push_back(solar_wh_a_day(v[panel_at], full_sun_hours(v[latitude_at], (month - 0.5) * 365 / 12, light), efficiency));
    used.x.push_back(month);
    used.y.push_back(use_wh);
  }
  sun.curves = {std::move(brought), std::move(used)};
  out.pictures = {std::move(picture), std::move(sun)};
  return out;
}

}  // namespace

Lab battery_lab() {
  return {.name = "battery", .title = "Battery and sun", .question = "How long does a node live, and does the battery matter when it has a panel?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Energy is power times time; months have 30.44 days. Sun: Allen et al. 1998, FAO 56, equation 21, for a level panel. The chapter's: capacity, powers, 5 s in 30 s, 1 W, 14 months. "
                     "Assumed: no self-discharge, free sleep unless set, 70 % charging efficiency, half of the sun's radiation reaching the ground, every day as clear as the next."};
}

}  // namespace edgewise::labs
