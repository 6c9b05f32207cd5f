#include "core/train/architecture.h"

#include <optional>
#include <utility>

#include "core/base/text.h"

namespace edgewise::train {

namespace {

using Kind = ArchitectureLayer::Kind;

constexpr std::size_t most_layers = 64;
constexpr int most_channels = 4096, most_kernel = 31, most_stride = 8, most_percent = 90;

/// Takes letters from the front of `from`, then digits: "k3s2" gives 'k', 3 and leaves "s2".
struct Part {
  std::string_view word;
  std::optional<std::int64_t> number;
};
Part take_part(std::string_view& from) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t letters = 0;
  while (letters < from.size() && !is_digit(from[letters])) ++letters;
  std::size_t end = letters;
  while (end < from.size() && is_digit(from[end])) ++end;
  const Part part{from.substr(0, letters), parse_integer(from.substr(letters, end - letters))};
  from.remove_prefix(end);
  return part;
}

struct Word {
  std::string_view word;
  Kind kind;
  bool takes_channels, takes_kernel, takes_stride;
  int kernel;
};
constexpr Word words[] = {
    {"conv", Kind::convolution, true, true, true, 3},
    {"pw", Kind::convolution, true, false, false, 1},
    {"dw", Kind::depthwise, false, true, true, 3},
    {"dense", Kind::dense, true, false, false, 1},
    {"avgpool", Kind::average_pool, false, true, false, 1},
    {"maxpool", Kind::max_pool, false, true, false, 1},
    {"gap", Kind::global_average_pool, false, false, false, 1},
    {"lstm", Kind::lstm, true, false, false, 1},
    {"gru", Kind::gru, true, false, false, 1},
    {"last", Kind::last_step, false, false, false, 1},
    {"drop", Kind::dropout, false, false, false, 1},
};

/// What stands behind the numbers of a layer with weights: "bn", a bend, or both.
Result<void> take_bend(std::string_view word, ArchitectureLayer& into) {
  std::string_view rest = word;
  if (rest.starts_with("bn")) {
    into.is_normalized = true;
    rest.remove_prefix(2);
  }
  constexpr std::pair<std::string_view, Bend> bends[] = {{"", Bend::relu}, {"relu", Bend::relu}, {"sigmoid", Bend::logistic}, {"tanh", Bend::tanh}, {"linear", Bend::none}};
  for (const auto& [name, bend] : bends)
    if (rest == name) {
      into.bend = bend;
      return {};
    }
  return fail(text("'", word.substr(0, 40), "' has no meaning after a layer's numbers; there are bn, relu, sigmoid, tanh and linear"));
}

Result<int> bounded(const Part& part, int most, std::string_view layer) {
  if (!part.number || *part.number < 1 || *part.number > most)
    return fail(text("'", part.word, "' wants a whole number from 1 to ", most, " after it"), text("layer '", layer, "'"));
  return static_cast<int>(*part.number);
}

Result<ArchitectureLayer> parse_layer(std::string_view layer) {
  std::string_view rest = layer;
  const Part first = take_part(rest);
  for (const Word& word : words) {
    if (first.word != word.word) continue;
    const bool bends = word.kind == Kind::convolution || word.kind == Kind::depthwise || word.kind == Kind::dense;
    ArchitectureLayer parsed{word.kind, 0, word.kernel, 1, bends ? Bend::relu : Bend::none};
    if (word.takes_channels || word.takes_kernel) {
      const auto number = bounded(first, word.takes_channels ? most_channels : most_kernel, layer);
      if (!number) return std::unexpected(number.error());
      (word.takes_channels ? parsed.channels : parsed.kernel) = *number;
    } else if (word.kind == Kind::dropout) {
      const auto percent = bounded(first, most_percent, layer);
      if (!percent) return std::unexpected(percent.error());
      parsed.percent = *percent;
    } else if (first.number) {
      return fail(text("'", word.word, "' takes no number"), text("layer '", layer, "'"));
    }
    const bool pools = word.kind == Kind::average_pool || word.kind == Kind::max_pool;
    if (pools) parsed.stride = parsed.kernel;
    while (!rest.empty()) {
      const Part part = take_part(rest);
      if (bends && !part.number && rest.empty() && part.word.size() > 1) {
        if (auto ok = take_bend(part.word, parsed); !ok) return fail(ok.error().reason, text("layer '", layer, "'"));
        break;
      }
      const bool is_kernel = part.word == "k" && word.takes_channels && word.takes_kernel;
      if (!is_kernel && !(part.word == "s" && word.takes_stride))
        return fail(text("'", part.word, "' has no meaning after '", word.word, "'"), text("layer '", layer, "'"));
      const auto number = bounded(part, is_kernel ? most_kernel : most_stride, layer);
      if (!number) return std::unexpected(number.error());
      (is_kernel ? parsed.kernel : parsed.stride) = *number;
    }
    return parsed;
  }
  return fail(text("'", first.word.substr(0, 40), "' is no layer; there are conv, pw, dw, dense, avgpool, maxpool, gap, lstm, gru, last and drop"));
}

}  // namespace

Result<Architecture> parse_architecture(std::string_view from) {
  const std::vector<std::string_view> parts = split(from, '-');
  if (parts.size() > most_layers) return fail(text(parts.size(), " layers, the limit is ", most_layers));
  Architecture layers;
  for (const std::string_view part : parts) {
    const auto layer = parse_layer(part);
    if (!layer) return std::unexpected(layer.error());
    layers.push_back(*layer);
  }
  if (layers.back().kind != Kind::dense)
    return fail("the last layer must be dense: it gives the answer", text("layer '", parts.back(), "'"));
  if (layers.back().is_normalized || (layers.back().bend != Bend::relu && layers.back().bend != Bend::none))
    return fail("the last layer is linear: it gives scores or real numbers, and nothing bends or normalises them", text("layer '", parts.back(), "'"));
  layers.back().bend = Bend::none;
  return layers;
}

}  // namespace edgewise::train
