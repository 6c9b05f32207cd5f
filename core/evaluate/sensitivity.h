// Why did accuracy drop: each layer compressed alone, and all layers but it; what its grids lose; which answers flipped.
//
// Weights and activations are tried apart: a layer computed in integers would put its input on a grid too, which is the loss of the layer before it.
// A layer is blamed for the answers that flip, and equal layers in the order of the noise that arrives at the output. What is lost on a grid is taken
// apart: rounding to the nearest code, and clipping to the last one. A host does it in
// slices and stops where it likes: each step is one row through one graph. The same model, recipe and rows give the same bytes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"

namespace edgewise {

/// One recipe, measured.
struct Trial {
  /// What is compressed; the rest is float. only_activations: the layer's output is put on its grid (of the first layer: the model's input as well).
  enum class Scope : std::uint8_t { none, all, only_weights, only_activations, all_but };
  Scope scope = Scope::none;
  std::size_t layer = 0;           ///< in layers_of order; of the last three
  int weight_bits = 0;             ///< of what is compressed; 0: as the recipe has it
  Recipe recipe;
  Score score;
  double signal = 0, noise = 0;    ///< squares summed over the rows: of the float model's output 0, and of how far this one is from it
};

/// 10 log10(signal / noise); infinite without noise.
double decibels(double signal, double noise);

/// What a grid loses of one tensor, by channel.
struct GridLoss {
  struct Channel {
    double signal = 0, rounding = 0, clipping = 0;   ///< sums of squares: of the values, of the errors inside the grid's ends, of those beyond
  };
  std::vector<Channel> channels;     ///< empty where the tensor stays float
  std::uint64_t count = 0, clipped = 0;   ///< clipped: beyond the grid's ends by more than half a step

  Channel total() const;
  /// Mean over the channels of the error by its channel's signal, each at most 1: a small channel counts as much as a large one.
  double rounding_share() const;
  double clipping_share() const;
};

struct LayerLoss {
  std::string name;
  GridLoss weights = {}, activations = {};   ///< activations: the float model's, put on the grid that the recipe gives the layer's output
  double signal = 0, noise = 0;      ///< at the layer's output, all that layers up to it lose included
  std::uint64_t saturated = 0;       ///< codes of the integer model at an end of the grid that does not stand for zero
  std::size_t units = 0;             ///< channels of a layer that ends in a relu; 0: it has none
  std::size_t dead_in_float = 0, dead = 0;   ///< of them, those above zero for no row: in the float model, and as the recipe has it
};

/// A sample to which recipe and float model say different things.
struct Flip {
  std::uint32_t row;                 ///< of the data set
  std::int32_t label;                ///< -1: not known
  std::int32_t float_answer, answer;
};

/// What is wrong with a layer, if anything is.
enum class Fault : std::uint8_t { weight_rounding, weight_clipping, activation_rounding, activation_clipping, dead_units };

struct Suspect {
  std::size_t layer;
  std::uint32_t flipped_by_weights, flipped_by_activations;   ///< answers that flip when they alone are compressed
  double output_decibels;            ///< signal to noise at the output, the noise of both added
  Fault fault;                       ///< where it loses most
};

class Sensitivity {
 public:
  /// `bits`: the weight bits each layer is tried at, besides the recipe's; each 2..8.
  static Result<Sensitivity> prepare(std::shared_ptr<const Graph> float_graph, Ranges ranges, const Recipe& recipe, std::shared_ptr<const Dataset> dataset,
                                     std::vector<std::uint32_t> rows, const std::vector<int>& bits);
  Sensitivity(Sensitivity&&) noexcept;
  Sensitivity& operator=(Sensitivity&&) noexcept;
  ~Sensitivity();

  /// One row through one graph. False when all is measured. Fails where a recipe cannot be applied or a run stops itself.
  Result<bool> step();
  std::uint64_t steps_done() const;
  std::uint64_t steps_total() const;

  /// Those measured so far: the float model, the recipe, then layer by layer.
  const std::vector<Trial>& trials() const;
  /// The trial of this kind, or null while it is not measured.
  const Trial* find(Trial::Scope scope, std::size_t layer = 0, int weight_bits = 0) const;
  const std::vector<LayerLoss>& layers() const;   ///< in layers_of order; complete at the end
  const std::vector<Flip>& flips() const;
  /// The layers, the worst first; empty before the end. A layer nine tenths of whose relu units are dead in the float model stands before all others: it
  /// was broken before it was compressed. Of several such layers the first that runs stands first.
  std::vector<Suspect> suspects() const;

 private:
  struct State;
  explicit Sensitivity(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The recipe that gives a layer what its fault asks for: its weights 8 bits, or at 8 bits a scale for each channel; its activations 16 bits. Nothing when
/// there is no more to give.
std::optional<Recipe> raised(const Recipe& recipe, const std::string& layer, Fault fault);

}  // namespace edgewise
