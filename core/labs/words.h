// Numbers in a lab's sentences and formulas: few digits, as many as carry meaning.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/labs/lab.h"

namespace edgewise::labs {

/// `digits` significant ones, no zeros after the last: 0.65216 is "0.652", 2353 is "2,353", 0.8 is "0.8". Exponents below 1e-9 and from 1e15 on.
std::string brief(double value, int digits = 3);

/// The shortest text that reads back as the same number, whole numbers without an exponent: "3000", "0.1".
std::string plain(double value);

/// As `brief`, in brackets below 0: what stands behind a sign.
std::string term(double value, int digits = 6);

/// One of a figure's values with the digits that are known, at most its decimals: beside an interval those that leave two digits to half of its width, else three
/// significant ones, or five where it wants more than three decimals. What these would make 0 and is not keeps two: 0.00334 is "0.0033", where 0 is "0".
std::string shown(const Figure& figure, double value);

/// "0.153 K"; "$150" and "$0.12 a kWh": a currency stands before its number.
std::string with_unit(std::string_view number, std::string_view unit);

/// "56.5 %" for 0.5654866.
std::string percent(double share, int digits = 3);

/// Bytes as people say them: "47.5 KiB", "680 B", "3.34 MiB".
std::string in_bytes(double bytes);

/// Hours as people say them: "46.8 s", "75 days", "2.85 months" (of 30.44 days).
std::string in_time(double hours);

/// Of `names` the one that differs from `word` in the fewest letters, or empty where more than half of the letters differ.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);

/// The fields and what each may be: "wmin (-8 to 8), formula (as printed, right)".
std::string limits_of(const Lab& lab);

}  // namespace edgewise::labs
