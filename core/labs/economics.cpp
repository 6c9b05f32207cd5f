#include "core/labs/economics.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

double net_present_value(double capital, double saving_a_year, double rate, int years) {
  double value = -capital;
  for (int year = 1; year <= years; ++year) value += saving_a_year / std::pow(1 + rate, year);
  return value;
}

namespace {

enum At { floors_at, gateways_at, gateway_at, development_at, tariff_at, before_at, after_at, watts_at, years_at, rate_at };

constexpr std::array fields = {
    Field{.key = "floors", .label = "Floors", .unit = "", .lowest = 1, .highest = 100, .initial = 10, .step = 1, .why = "The chapter counts ten."},
    Field{.key = "gateways", .label = "Gateways", .unit = "", .lowest = 1, .highest = 100, .initial = 1, .step = 1, .why = "The chapter's payback counts one for all ten floors."},
    Field{.key = "gateway_usd", .label = "Price of a gateway", .unit = "$", .lowest = 5, .highest = 1000, .initial = 150, .step = 1, .is_logarithmic = true, .why = "The chapter says $150 in one place and $75 in another."},
    Field{.key = "development_usd", .label = "Development", .unit = "$", .lowest = 0, .highest = 200000, .initial = 0, .step = 100, .why = "Not counted by the chapter. 10,000 is two to four weeks of one person."},
    Field{.key = "price_a_kwh", .label = "Electricity", .unit = "$ a kWh", .lowest = 0.02, .highest = 0.60, .initial = 0.12, .step = 0.01, .why = "The chapter's tariff."},
    Field{.key = "kwh_before", .label = "Used before, a floor and month", .unit = "kWh", .lowest = 100, .highest = 10000, .initial = 1200, .step = 10, .is_logarithmic = true, .why = "The chapter's figure; not said how it was measured.", .is_detail = true},
    Field{.key = "saved_percent", .label = "Saved", .unit = "%", .lowest = 0, .highest = 50, .initial = 15, .step = 0.5, .why = "The chapter's figure, 1,200 to 1,020 kWh.", .is_detail = true},
    Field{.key = "gateway_w", .label = "A gateway draws", .unit = "W", .lowest = 0, .highest = 20, .initial = 5, .step = 0.1, .why = "A Raspberry Pi 4 draws 3 to 6 W. The chapter leaves it out.", .is_detail = true},
    Field{.key = "years", .label = "In use", .unit = "years", .lowest = 1, .highest = 15, .initial = 5, .step = 1, .why = "Assumed.", .is_detail = true},
    Field{.key = "interest_percent", .label = "Interest", .unit = "%", .lowest = 0, .highest = 20, .initial = 5, .step = 0.5, .why = "Assumed: what the money would earn elsewhere.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"0.7 months", ""},
    Preset{"a gateway on each floor", "gateways=10"},
    Preset{"one floor, a $75 computer", "floors=1 gateway_usd=75"},
    Preset{"development counted", "development_usd=10000"},
    Preset{"development, and a gateway on each floor", "development_usd=10000 gateways=10"},
    Preset{"a small flat", "floors=1 kwh_before=100 development_usd=1000"},
};

Outcome evaluate(std::span<const double> v) {
  const double kwh_saved = v[before_at] * v[after_at] / 100, gross = v[floors_at] * saving_a_year(kwh_saved, v[tariff_at]), own = v[gateways_at] * v[watts_at] * kwh_a_watt_year * v[tariff_at];
  const double net = gross - own, boxes = v[gateways_at] * v[gateway_at], capital = boxes + v[development_at], boxes_only = net > 0 ? payback_months(boxes, net) : 0;
  const int years = static_cast<int>(v[years_at]);
  const double value = net_present_value(capital, net, v[rate_at] / 100, years);
  Outcome out;
  const bool pays = net > 0, pays_in_time = pays && payback_months(capital, net) <= 12.0 * years;
  out.tone = pays_in_time ? (v[development_at] == 0 ? Tone::warning : Tone::good) : Tone::bad;
  const std::string named = text(brief(v[gateways_at]), v[gateways_at] == 1 ? " gateway" : " gateways", " for ", brief(v[floors_at]), v[floors_at] == 1 ? " floor" : " floors");
  if (!pays) out.sentence = text(named, v[gateways_at] == 1 ? " saves" : " save", " nothing: $", brief(own), " a year of electricity against $", brief(gross), " saved.");
  else
    out.sentence = text(named, v[development_at] > 0 ? text(" and $", brief(v[development_at], 6), " of development are paid back in ") : v[gateways_at] == 1 ? " is paid back in " : " are paid back in ", fixed(payback_months(capital, net), 1), " months",
                        v[development_at] > 0 ? text("; the gateways alone would be in ", fixed(boxes_only, 1), ".")
                                              : text(", if development costs nothing. With $10,000 of it: ", fixed(payback_months(capital + 10000, net), 1), " months."));
  const std::string arithmetic = "the chapter's own figures, and arithmetic";
  if (pays)
    out.figures.push_back({.key = "payback_months", .label = "Payback", .unit = "months", .value = payback_months(capital, net), .formula = "12 * (gateways * price + development) / (saving - gateways * W * 8.766 * tariff)",
                           .numbers = text("12 * (", brief(boxes, 6), " + ", brief(v[development_at], 6), ") / (", brief(gross, 5), " - ", brief(own), ")"), .source = arithmetic, .tone = out.tone, .decimals = 2});
  out.figures.push_back({.key = "saving_usd_a_year", .label = "Saved in a year", .unit = "$", .value = net, .formula = "floors * kWh * 12 * tariff - gateways * W * 8.766 * tariff",
                         .numbers = text(brief(v[floors_at]), " * ", brief(kwh_saved), " * 12 * ", brief(v[tariff_at]), " - ", brief(own), " = ", brief(net, 5)), .source = arithmetic, .tone = pays ? Tone::good : Tone::bad, .decimals = 0});
  out.figures.push_back({.key = "capital_usd", .label = "Spent first", .unit = "$", .value = capital, .formula = "gateways * price + development", .numbers = text(brief(v[gateways_at]), " * ", brief(v[gateway_at]), " + ", brief(v[development_at], 6)),
                         .source = arithmetic, .decimals = 0});
  out.figures.push_back({.key = "gateway_kwh_a_year", .label = "The gateways use", .unit = "kWh a year", .value = v[gateways_at] * v[watts_at] * kwh_a_watt_year, .formula = "gateways * W * 8.766",
                         .numbers = text(brief(v[gateways_at]), " * ", brief(v[watts_at]), " * 8.766"), .source = "a year has 8,766 hours", .decimals = 1});
  out.figures.push_back({.key = "present_value_usd", .label = text("Worth after ", years, years == 1 ? " year" : " years"), .unit = "$", .value = value, .formula = "sum of saving / (1 + i)^year - capital",
                         .numbers = text("i = ", brief(v[rate_at]), " %, ", years, " years of $", brief(net, 5), " less $", brief(capital, 6)), .source = "net present value", .tone = value > 0 ? Tone::good : Tone::bad, .decimals = 0});
  Picture picture{.title = "What has been saved, less what was spent", .x_label = "months", .y_label = "$", .curves = {}};
  Curve counted{.label = "less all that was spent", .x = {}, .y = {}, .tone = Tone::good}, boxes_curve{.label = "less the gateways alone", .x = {}, .y = {}}, zero{.label = "even", .x = {0, 12.0 * years}, .y = {0, 0}};
  for (int month = 0; month <= 12 * years; ++month) {
    counted.x.push_back(month);
    counted.y.push_back(net * month / 12 - capital);
    boxes_curve.x.push_back(month);
    boxes_curve.y.push_back(net * month / 12 - boxes);
  }
  picture.curves.push_back(std::move(zero));
  if (v[development_at] > 0) picture.curves.push_back(std::move(boxes_curve));
  picture.curves.push_back(std::move(counted));
  if (pays_in_time) picture.marks.push_back({.label = text("paid back, ", fixed(payback_months(capital, net), 1), " months"), .x = payback_months(capital, net), .tone = Tone::good});
  out.pictures.push_back(std::move(picture));
  return out;
}

}  // namespace

Lab economics_lab() {
  return {.name = "economics", .title = "When it pays", .question = "After how many months has the saving paid for what made it?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The chapter's: 1,200 to 1,020 kWh a floor and month, $0.12 a kWh, $150 a gateway, ten floors. Assumed: what a gateway draws, development, years in use, interest; the same saving in every month."};
}

}  // namespace edgewise::labs
