// The sample chapter: its text with every number and every lab filled in from core/labs, so that none is typed by hand.
//
//   {{quantize formula=1 value=0.8 | zero_point}}   a figure of a lab in a state; a number after the key: so many decimals
//   {{E10 | int8_bytes}}                            a value of the claim auditor
//   {{embed quantize formula=1}}                    the lab in that state: poster, link, what it says in words
//   {{claim E10}}                                   a link to the auditor's row
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/labs/subject.h"

namespace edgewise::chapter {

struct File {
  std::string path;   ///< below the page's folder: "posters/quantize-1.svg"
  std::string content;
};

/// A bundled model with its data: what a lab runs that runs a model (Lab::first_model). Read once by whoever gives it.
using Subjects = std::function<Result<const labs::Subject*>(std::string_view model)>;

/// The page first ("index.html"), then its posters. Fails at what it cannot fill in, with the line of the text.
Result<std::vector<File>> render(std::string_view text, const Subjects& subjects);

/// Every preset of every lab, for chapters of others: "quantize-1.svg" and "quantize-1-narrow.svg" as above, and posters.json:
/// [{lab, preset, hash, poster, narrow, title, alt, sentence, values: {key: number}}]
Result<std::vector<File>> posters(const Subjects& subjects);

}  // namespace edgewise::chapter
