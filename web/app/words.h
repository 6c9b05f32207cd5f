// Numbers as people read them on the page: always with a unit, as many digits as are known.
//
// Exact figures (bytes) get one decimal, estimates (time, energy) two significant digits: a third would pretend.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/compress/recipe.h"
#include "core/evaluate/evaluation.h"
#include "core/mcu/cost.h"

namespace edgewise::words {

/// A number and its unit, apart: the page sets them in different sizes.
struct Quantity {
  std::string number, unit;
  std::string line() const { return unit.empty() ? number : number + ' ' + unit; }
};

/// Two significant digits, thousands grouped: 0.48, 1.9, 21, 1,200. Zero is "0".
std::string two_digits(double value);
/// 7578 bytes: "7.4 KiB"; from 100 KiB on whole KiB: "2,048 KiB"; under 0.1 KiB two decimals.
Quantity kib(std::uint64_t bytes);
/// "3.1 of 640 KiB".
std::string kib_of(std::uint64_t bytes, std::uint64_t limit);
/// Milliseconds, two digits.
Quantity ms(double value);
/// "0.39 to 0.60", each as ms() writes it.
std::string ms_band(const mcu::Estimate& latency_ms);
/// Energy: mJ, below 0.1 mJ as µJ.
Quantity energy(double mj);
/// 0.875: "87.5".
std::string percent(double fraction);

/// How long something lasts, two digits: "14 hours", "12 days", "8.2 months", "3.1 years" (months of 30.44 days), at most "over 10 years".
std::string days(double value);
/// A round interval: "0.1 s", "5 min", "1 h".
std::string seconds(double value);

/// A score's figure in its own unit: 92.6 and "%", or a mean error without unit.
Quantity score(const Score& score);
/// "91.0 to 94.2".
std::string score_band(const Score& score);
/// "Accuracy", "Mean error", "Area under curve", "Agreement with float".
std::string_view metric_name(Metric metric);
/// "96 of 1,000".
std::string seen_of_total(std::uint32_t seen, std::uint32_t total);

/// "4 bits", "float".
std::string bits(int bits);
/// "4", "f".
std::string_view bits_label(int bits);
/// What is set for all layers, shortly: "w4 a8", with "· 60 % pruned" and "· 2 layers differ" where that is so.
std::string recipe_title(const Recipe& recipe);

/// The one sentence a screen reader hears: "all layers at 4 bits: 87.5 % of 1,000 samples, 7.4 KiB flash, 0.48 ms on STM32L4R5".
std::string result_sentence(const Recipe& recipe, const Score& score, std::uint64_t flash_bytes, double latency_ms, std::string_view board);

}  // namespace edgewise::words
