#include "core/mcu/verdict.h"

#include <algorithm>

#include "core/base/text.h"

namespace edgewise::mcu {
namespace {

/// What becomes of a width; the same where it stays.
using NewBits = int (*)(int bits);

int float_to_int8(int bits) { return bits == float_bits ? 8 : bits; }
int sixteen_to_eight(int bits) { return bits == 16 ? 8 : bits; }
int eight_to_four(int bits) { return bits > 4 && bits <= 8 ? 4 : bits; }
int as_it_is(int bits) { return bits; }

/// The recipe with every width changed, of all layers and of those that have their own.
Recipe with_bits(Recipe recipe, NewBits weights, NewBits activations) {
  recipe.all.weight_bits = weights(recipe.all.weight_bits);
  recipe.all.activation_bits = activations(recipe.all.activation_bits);
  for (auto& [name, layer] : recipe.layers) {
    if (layer.weight_bits) layer.weight_bits = weights(*layer.weight_bits);
    if (layer.activation_bits) layer.activation_bits = activations(*layer.activation_bits);
  }
  return recipe;
}

}  // namespace

Result<std::vector<Alternative>> alternatives_of(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe) {
  std::vector<Alternative> all;
  struct Change { const char* words; NewBits weights, activations; };
  for (const Change& change : {Change{"int8 instead of float", float_to_int8, float_to_int8}, Change{"8-bit instead of 16-bit activations", as_it_is, sixteen_to_eight},
                               Change{"all weights at 4 bits", eight_to_four, as_it_is}}) {
    const Recipe changed = with_bits(recipe, change.weights, change.activations);
    if (changed == recipe) continue;
    auto planned = plan(float_graph, changed);
    if (!planned) return std::unexpected(planned.error());
    all.push_back({change.words, changed, std::move(*planned)});
  }
  return all;
}

Verdict verdict_of(const Plan& plan, std::span<const Alternative> alternatives, const Board& board, const Library& library, const std::optional<OwnTime>& own) {
  Verdict verdict;
  verdict.cost = estimate_with(own, plan, board, library);
  verdict.binding = verdict.cost.binding;
  switch (verdict.binding) {
    case Binding::none: verdict.fitting = Fitting::fits; return verdict;
    case Binding::unknown_memory: verdict.fitting = Fitting::unknown; return verdict;
    case Binding::flash:
    case Binding::ram: break;
  }
  const auto found = std::find_if(alternatives.begin(), alternatives.end(), [&](const Alternative& each) { return estimate(each.plan, board, library).fits; });
  if (found != alternatives.end()) verdict.change = found->change;
  for (const Library& other : libraries())
    if (verdict.change.empty() && other.id != library.id && runs_on(other, board) && estimate(plan, board, other).fits) verdict.change = text(other.name, " instead");
  verdict.fitting = verdict.change.empty() ? Fitting::no : Fitting::one_change_away;
  return verdict;
}

}  // namespace edgewise::mcu
