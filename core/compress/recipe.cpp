#include "core/compress/recipe.h"

#include <array>
#include <vector>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/graph/graph.h"

namespace edgewise {

namespace {

constexpr LayerRecipe defaults{};
constexpr float most_sparsity = 0.95f;
constexpr int most_calibration_samples = 10000;
constexpr std::size_t longest_layer_name = 64;

std::string bits_text(int bits) { return bits == float_bits ? "f" : text(bits); }
std::string_view name_of(Granularity g) { return g == Granularity::per_channel ? "channel" : "tensor"; }
std::string_view name_of(Symmetry s) { return s == Symmetry::symmetric ? "sym" : "asym"; }
std::string_view name_of(WeightRange r) { return r == WeightRange::max ? "max" : "mse"; }
std::string_view name_of(PruneScope s) { return s == PruneScope::layer ? "layer" : "model"; }
std::string calibration_text(Calibration calibration, float percentile) {
  switch (calibration) {
    case Calibration::min_max: return "minmax";
    case Calibration::percentile: return text('p', percentile);
    case Calibration::least_error: return "mse";
  }
  return {};
}

std::string zeros_text(float sparsity, Pattern pattern) {
  switch (pattern) {
    case Pattern::weights: return text('s', sparsity);
    case Pattern::blocks: return text('s', sparsity, "x4");
    case Pattern::two_of_four: return sparsity > 0 ? "s2of4" : "s0";
  }
  return {};
}

/// Fields separated by commas, but none between the codes and nothing before them.
std::string fields_text(const LayerOverride& layer, const LayerRecipe& inherited) {
  std::string out;
  if (layer.weight_bits) out += text('w', bits_text(*layer.weight_bits));
  if (layer.activation_bits) out += text('a', bits_text(*layer.activation_bits));
  if (layer.sparsity || layer.pattern) out += zeros_text(layer.sparsity.value_or(inherited.sparsity), layer.pattern.value_or(inherited.pattern));
  if (layer.channels) out += text('c', *layer.channels);
  const auto field = [&out](std::string_view key, std::string_view value) { out += text(out.empty() ? "" : ",", key, '=', value); };
  if (layer.granularity) field("g", name_of(*layer.granularity));
  if (layer.weight_symmetry) field("wz", name_of(*layer.weight_symmetry));
  if (layer.activation_symmetry) field("az", name_of(*layer.activation_symmetry));
  if (layer.weight_range) field("wr", name_of(*layer.weight_range));
  if (layer.calibration) field("cal", calibration_text(*layer.calibration, layer.percentile.value_or(inherited.percentile)));
  else if (layer.percentile) field("cal", calibration_text(Calibration::percentile, *layer.percentile));
  return out;
}

// ---- reading

std::unexpected<Error> refuse(std::string_view what, std::string_view found, std::string_view allowed) {
  return fail(text(what, " is '", json_escape(found.substr(0, 40)), "', allowed is ", allowed));
}

Result<int> read_bits(std::string_view from, std::string_view what, bool is_weight) {
  if (from == "f") return float_bits;
  const auto bits = parse_integer(from);
  const bool allowed = bits && (is_weight ? *bits >= 2 && *bits <= 8 : (*bits >= 4 && *bits <= 8) || *bits == 16);
  if (!allowed) return refuse(what, from, is_weight ? "2 to 8, or f for float" : "4 to 8, 16, or f for float");
  return static_cast<int>(*bits);
}

Result<float> read_fraction(std::string_view from, std::string_view what, std::string_view allowed) {
  const auto fraction = parse_real(from);
  if (!fraction || !(*fraction >= 0.0) || static_cast<float>(*fraction) > most_sparsity) return refuse(what, from, allowed);
  return static_cast<float>(*fraction) + 0.0f;  // -0 becomes 0
}

Result<void> read_zeros(std::string_view from, LayerOverride& into) {
  into.pattern = from == "2of4" ? Pattern::two_of_four : from.ends_with("x4") ? Pattern::blocks : Pattern::weights;
  if (*into.pattern == Pattern::two_of_four) {
    into.sparsity = 0.5f;
    return {};
  }
  if (*into.pattern == Pattern::blocks) from.remove_suffix(2);
  const auto fraction = read_fraction(from, "sparsity", "a fraction from 0 to 0.95, the same with x4 for blocks (0.5x4), or 2of4");
  if (!fraction) return std::unexpected(fraction.error());
  into.sparsity = *fraction;
  return {};
}

/// "w4a8s0.5" into `into`: a letter, then everything up to the next of w, a, s, c.
Result<void> read_codes(std::string_view from, LayerOverride& into) {
  while (!from.empty()) {
    const char letter = from.front();
    const std::string_view value = from.substr(1, from.find_first_of("wasc", 1) - 1);
    from.remove_prefix(1 + value.size());
    const auto twice = [letter] { return fail(text("'", letter, "' is given twice")); };
    if (letter == 'w') {
      if (into.weight_bits) return twice();
      const auto bits = read_bits(value, "weight bits", true);
      if (!bits) return std::unexpected(bits.error());
      into.weight_bits = *bits;
    } else if (letter == 'a') {
      if (into.activation_bits) return twice();
      const auto bits = read_bits(value, "activation bits", false);
      if (!bits) return std::unexpected(bits.error());
      into.activation_bits = *bits;
    } else if (letter == 's') {
      if (into.sparsity) return twice();
      if (auto read = read_zeros(value, into); !read) return read;
    } else if (letter == 'c') {
      if (into.channels) return twice();
      const auto fraction = read_fraction(value, "channels left out", "a fraction from 0 to 0.95");
      if (!fraction) return std::unexpected(fraction.error());
      into.channels = *fraction;
    } else {
      return refuse("code", text(letter, value), "w (weight bits), a (activation bits), s (sparsity) or c (channels left out), each followed by its number");
    }
  }
  return {};
}

template <class Enum>
Result<void> read_choice(std::string_view key, std::string_view value, std::array<Enum, 2> choices, std::optional<Enum>& into) {
  if (into) return fail(text("'", key, "' is given twice"));
  for (const Enum choice : choices)
    if (value == name_of(choice)) {
      into = choice;
      return {};
    }
  return refuse(key, value, text(name_of(choices[0]), " or ", name_of(choices[1])));
}

Result<void> read_calibration(std::string_view value, LayerOverride& into) {
  if (into.calibration) return fail("'cal' is given twice");
  if (value == "minmax") into.calibration = Calibration::min_max;
  else if (value == "mse") into.calibration = Calibration::least_error;
  else {
    const auto percentile = value.starts_with('p') ? parse_real(value.substr(1)) : std::nullopt;
    if (!percentile || *percentile < 90.0 || *percentile > 100.0) return refuse("cal", value, "minmax, mse, or p and a percentile from 90 to 100 (p99.9)");
    into.calibration = Calibration::percentile;
    into.percentile = static_cast<float>(*percentile);
  }
  return {};
}

/// One key=value that a layer may have too. `known` is false when the key is another.
struct Field {
  bool known = true;
  Result<void> result;
};
Field read_layer_field(std::string_view key, std::string_view value, LayerOverride& into) {
  if (key == "g") return {true, read_choice(key, value, std::array{Granularity::per_channel, Granularity::per_tensor}, into.granularity)};
  if (key == "wz") return {true, read_choice(key, value, std::array{Symmetry::symmetric, Symmetry::asymmetric}, into.weight_symmetry)};
  if (key == "az") return {true, read_choice(key, value, std::array{Symmetry::symmetric, Symmetry::asymmetric}, into.activation_symmetry)};
  if (key == "wr") return {true, read_choice(key, value, std::array{WeightRange::max, WeightRange::least_error}, into.weight_range)};
  if (key == "cal") return {true, read_calibration(value, into)};
  return {false, {}};
}

/// What the parts say so far.
struct Reading {
  LayerOverride all;
  std::map<std::string, LayerOverride, std::less<>> layers;
  std::optional<PruneScope> prune_scope;
  std::optional<int> calibration_samples;
};

Result<void> read_model_field(std::string_view key, std::string_view value, Reading& into) {
  if (key == "prune") return read_choice(key, value, std::array{PruneScope::layer, PruneScope::model}, into.prune_scope);
  if (key == "n") {
    if (into.calibration_samples) return fail("'n' is given twice");
    const auto n = parse_integer(value);
    if (!n || *n < 1 || *n > most_calibration_samples) return refuse("n (calibration samples)", value, "1 to 10000");
    into.calibration_samples = static_cast<int>(*n);
    return {};
  }
  Field field = read_layer_field(key, value, into.all);
  if (!field.known) return refuse("key", key, "g, wz, az, wr, cal, prune or n");
  return field.result;
}

/// codes *( "," key "=" value ); the codes may be absent. `read_field` takes a key and its value.
template <class ReadField>
Result<void> read_fields(std::string_view from, LayerOverride& codes, const ReadField& read_field) {
  bool is_first = true;
  for (const std::string_view item : split(from, ',')) {
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos && !is_first) return refuse("field", item, "key=value after the codes");
    auto read = equals == std::string_view::npos ? read_codes(item, codes) : read_field(item.substr(0, equals), item.substr(equals + 1));
    if (!read) return read;
    is_first = false;
  }
  return {};
}

bool is_layer_name(std::string_view name) {
  if (name.empty() || name.size() > longest_layer_name) return false;
  for (const char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.')) return false;
  return true;
}

Result<void> read_part(std::string_view part, bool is_first, Reading& into) {
  const std::size_t colon = part.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view name = part.substr(0, colon);
    if (!is_layer_name(name)) return refuse("layer name", name, "1 to 64 letters, digits, '_', '-' and '.'");
    if (into.layers.contains(name)) return fail(text("layer '", name, "' is given twice"));
    LayerOverride layer;
    const auto read_field = [&](std::string_view key, std::string_view value) -> Result<void> {
      Field field = read_layer_field(key, value, layer);
      if (!field.known) return refuse("key", key, "g, wz, az, wr or cal");
      return field.result;
    };
    if (auto read = read_fields(part.substr(colon + 1), layer, read_field); !read) return read;
    if (layer == LayerOverride{}) return fail(text("layer '", name, "' is given nothing"), {}, {}, text("Write for example ", name, ":w4"));
    into.layers.emplace(name, layer);
    return {};
  }
  const std::size_t equals = part.find('=');
  const std::size_t comma = part.find(',');
  if (equals != std::string_view::npos && comma == std::string_view::npos) return read_model_field(part.substr(0, equals), part.substr(equals + 1), into);
  if (!is_first) return fail("the codes for all layers come first, and once", {}, {}, "For one layer write its name, a colon and the codes: conv_2:w4");
  return read_fields(part, into.all, [&](std::string_view key, std::string_view value) { return read_model_field(key, value, into); });
}

LayerRecipe applied(LayerRecipe to, const LayerOverride& from) {
  to.weight_bits = from.weight_bits.value_or(to.weight_bits);
  to.activation_bits = from.activation_bits.value_or(to.activation_bits);
  to.sparsity = from.sparsity.value_or(to.sparsity);
  to.granularity = from.granularity.value_or(to.granularity);
  to.weight_symmetry = from.weight_symmetry.value_or(to.weight_symmetry);
  to.activation_symmetry = from.activation_symmetry.value_or(to.activation_symmetry);
  to.weight_range = from.weight_range.value_or(to.weight_range);
  to.calibration = from.calibration.value_or(to.calibration);
  to.percentile = from.percentile.value_or(to.percentile);
  to.pattern = from.pattern.value_or(to.pattern);
  to.channels = from.channels.value_or(to.channels);
  return to;
}

/// "conv_1 to conv_5, dense_1": layers are numbered from 1 within their kind, so the last of each kind tells them all.
std::string list_of(const std::vector<Layer>& layers) {
  std::vector<std::pair<std::string_view, int>> kinds;
  for (const Layer& layer : layers) {
    const std::string_view kind = std::string_view(layer.name).substr(0, layer.name.rfind('_'));
    std::size_t at = 0;
    while (at < kinds.size() && kinds[at].first != kind) ++at;
    if (at == kinds.size()) kinds.emplace_back(kind, 0);
    ++kinds[at].second;
  }
  std::string out;
  for (const auto& [kind, count] : kinds) {
    out += text(out.empty() ? "" : ", ", kind, "_1");
    if (count > 1) out += text(" to ", kind, '_', count);
  }
  return out;
}

}  // namespace

LayerRecipe resolve(const Recipe& recipe, std::string_view layer) {
  const auto found = recipe.layers.find(layer);
  return found == recipe.layers.end() ? recipe.all : applied(recipe.all, found->second);
}

Recipe float_recipe() {
  Recipe recipe;
  recipe.all.weight_bits = recipe.all.activation_bits = float_bits;
  return recipe;
}

std::string to_text(const Recipe& recipe) {
  const LayerRecipe& all = recipe.all;
  std::string out = text('w', bits_text(all.weight_bits), 'a', bits_text(all.activation_bits));
  if (all.sparsity != defaults.sparsity) out += zeros_text(all.sparsity, all.pattern);
  if (all.channels != defaults.channels) out += text('c', all.channels);
  for (const auto& [name, layer] : recipe.layers)
    if (layer != LayerOverride{}) out += text(';', name, ':', fields_text(layer, all));
  if (all.granularity != defaults.granularity) out += text(";g=", name_of(all.granularity));
  if (all.weight_symmetry != defaults.weight_symmetry) out += text(";wz=", name_of(all.weight_symmetry));
  if (all.activation_symmetry != defaults.activation_symmetry) out += text(";az=", name_of(all.activation_symmetry));
  if (all.weight_range != defaults.weight_range) out += text(";wr=", name_of(all.weight_range));
  if (all.calibration != defaults.calibration) out += text(";cal=", calibration_text(all.calibration, all.percentile));
  if (recipe.prune_scope != PruneScope::layer) out += text(";prune=", name_of(recipe.prune_scope));
  if (recipe.calibration_samples != Recipe{}.calibration_samples) out += text(";n=", recipe.calibration_samples);
  return out;
}

Result<Recipe> parse_recipe(std::string_view from) {
  from = trim(from);
  if (from.size() > limits::recipe_bytes) return fail(text("the recipe has ", from.size(), " characters, the limit is ", limits::recipe_bytes), "recipe");
  Reading reading;
  if (!from.empty()) {
    std::size_t number = 0;
    for (const std::string_view part : split(from, ';')) {
      ++number;
      auto read = part.empty() ? fail("the part is empty") : read_part(part, number == 1, reading);
      if (read) continue;
      Error error = read.error();
      error.where = text("recipe part ", number, " '", json_escape(part.substr(0, 40)), "'");
      return std::unexpected(error);
    }
  }
  Recipe recipe;
  recipe.all = applied(recipe.all, reading.all);
  if (recipe.all.sparsity == 0.0f) recipe.all.pattern = Pattern::weights;   // nothing is set to zero, in whatever pattern
  recipe.layers = std::move(reading.layers);
  for (auto& [name, layer] : recipe.layers)
    if (layer.pattern == recipe.all.pattern) layer.pattern.reset();          // as all
  recipe.prune_scope = reading.prune_scope.value_or(recipe.prune_scope);
  recipe.calibration_samples = reading.calibration_samples.value_or(recipe.calibration_samples);
  return recipe;
}

Result<void> check_layers(const Recipe& recipe, const Graph& graph) {
  const std::vector<Layer> layers = layers_of(graph);
  for (const auto& [name, layer] : recipe.layers) {
    bool found = false;
    for (const Layer& known : layers) found = found || known.name == name;
    if (!found) return fail(text("layer '", name, "' is not in this model; it has ", layers.empty() ? "no layers with weights" : list_of(layers)), "recipe");
  }
  return {};
}

}  // namespace edgewise
