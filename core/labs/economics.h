// When a saving has paid for what made it.
#pragma once

#include "core/labs/lab.h"

namespace edgewise::labs {

constexpr double kwh_a_watt_year = 8.766;   // 365.25 * 24 / 1000: watts all year are this many kWh

/// Whole months of saving that make up for the capital; saving_a_year above 0.
inline double payback_months(double capital, double saving_a_year) { return 12 * capital / saving_a_year; }
/// What is saved in a year: kWh a month * 12 * tariff.
inline double saving_a_year(double kwh_a_month, double price_a_kwh) { return kwh_a_month * 12 * price_a_kwh; }

/// What `saving` at the end of each of `years` is worth today, less the capital.   rate: 0.05 for 5 %
double net_present_value(double capital, double saving_a_year, double rate, int years);

Lab economics_lab();

}  // namespace edgewise::labs
