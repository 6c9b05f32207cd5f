#include "core/evaluate/prefix.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/graph/infer.h"

namespace edgewise {

namespace {

bool same_operator(const Op& a, const Op& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&]<class T>(const T& one) {
        if constexpr (std::is_empty_v<T>) return true;
        else return one == std::get<T>(b);
      },
      a);
}

bool same_value(const Value& a, const Value& b) {
  if (a.type != b.type || a.shape != b.shape || a.grid != b.grid || a.bits != b.bits || a.is_constant() != b.is_constant() || a.is_variable != b.is_variable) return false;
  return !a.is_constant() || a.data == b.data || *a.data == *b.data;
}

bool same_values(const Graph& a, const Graph& b, const std::vector<ValueId>& ids) {
  return std::ranges::all_of(ids, [&](ValueId id) {
    return id == no_value || (static_cast<std::size_t>(id) < a.values.size() && static_cast<std::size_t>(id) < b.values.size() && same_value(a.value(id), b.value(id)));
  });
}

/// Values that are there before node `first` runs and are still wanted then.
std::vector<ValueId> crossing(const Graph& graph, std::size_t first) {
  std::vector<bool> is_there(graph.values.size()), is_wanted(graph.values.size());
  const auto mark = [](std::vector<bool>& flags, const std::vector<ValueId>& ids) {
    for (const ValueId id : ids)
      if (id != no_value) flags[static_cast<std::size_t>(id)] = true;
  };
  mark(is_there, graph.inputs);
  for (std::size_t n = 0; n < first; ++n) mark(is_there, graph.nodes[n].outputs);
  for (std::size_t n = first; n < graph.nodes.size(); ++n) mark(is_wanted, graph.nodes[n].inputs);
  mark(is_wanted, graph.outputs);
  std::vector<ValueId> ids;
  for (std::size_t v = 0; v < graph.values.size(); ++v)
    if (is_there[v] && is_wanted[v]) ids.push_back(static_cast<ValueId>(v));
  return ids;
}

std::uint64_t bytes_of(const Graph& graph, const std::vector<ValueId>& ids) {
  std::uint64_t bytes = 0;
  for (const ValueId id : ids) bytes += bytes_for(graph.value(id).type, graph.value(id).shape.elements());
  return bytes;
}

/// Places worth a cut: in front of a layer, with multiplications before it.
std::vector<std::size_t> places_to_cut(const Graph& graph) {
  std::vector<std::size_t> places;
  std::uint64_t macs = 0;
  std::size_t node = 0;
  for (const Layer& layer : layers_of(graph)) {
    for (; node < static_cast<std::size_t>(layer.node); ++node) macs += macs_of(graph, graph.nodes[node]).macs;
    if (macs > 0) places.push_back(node);
  }
  return places;
}

bool keeps_variables(const Graph& graph) {
  return std::ranges::any_of(graph.values, [](const Value& value) { return value.is_variable || value.type == DType::resource; });
}

}  // namespace

std::size_t shared_nodes(const Graph& a, const Graph& b) {
  if (a.inputs != b.inputs || !same_values(a, b, a.inputs)) return 0;
  const std::size_t most = std::min(a.nodes.size(), b.nodes.size());
  for (std::size_t n = 0; n < most; ++n) {
    const Node &x = a.nodes[n], &y = b.nodes[n];
    if (x.inputs != y.inputs || x.outputs != y.outputs || !same_operator(x.op, y.op) || !same_values(a, b, x.inputs) || !same_values(a, b, x.outputs)) return n;
  }
  return most;
}

Graph part_of(const Graph& graph, std::size_t first, std::size_t end) {
  Graph part;
  std::vector<ValueId> renamed(graph.values.size(), no_value);
  const auto rename = [&](std::vector<ValueId> ids) {
    for (ValueId& id : ids) {
      if (id == no_value) continue;
      ValueId& name = renamed[static_cast<std::size_t>(id)];
      if (name == no_value) {
        name = static_cast<ValueId>(part.values.size());
        part.values.push_back(graph.value(id));
      }
      id = name;
    }
    return ids;
  };
  part.inputs = rename(first == 0 ? graph.inputs : crossing(graph, first));
  for (std::size_t n = first; n < end; ++n) {
    Node node = graph.nodes[n];
    node.inputs = rename(std::move(node.inputs));
    node.outputs = rename(std::move(node.outputs));
    node.intermediates = rename(std::move(node.intermediates));
    part.nodes.push_back(std::move(node));
  }
  part.outputs = rename(end == graph.nodes.size() ? graph.outputs : crossing(graph, end));
  return part;
}

std::uint64_t PrefixCache::bytes() const {
  std::uint64_t bytes = 0;
  for (const Cut& cut : cuts_) bytes += cut.activations.size();
  return bytes;
}

Result<CachedRunner> CachedRunner::prepare(std::shared_ptr<const Graph> graph, const std::vector<std::uint32_t>& rows, std::shared_ptr<PrefixCache> cache) {
  CachedRunner made;
  std::vector<PrefixCache::Cut> cuts;
  if (cache && !keeps_variables(*graph)) {
    // The latest places save the most, and behind them activations are mostly smaller.
    std::uint64_t left = cache->most_bytes_;
    const std::vector<std::size_t> places = places_to_cut(*graph);
    for (std::size_t i = places.size(); i-- > 0;) {
      const std::uint64_t row_bytes = bytes_of(*graph, crossing(*graph, places[i]));
      if (row_bytes > left / std::max<std::size_t>(1, rows.size())) break;
      left -= row_bytes * rows.size();
      cuts.push_back({places[i], static_cast<std::size_t>(row_bytes), {}, {}});
    }
    std::ranges::reverse(cuts);
    std::size_t first = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
      const std::size_t end = i < cuts.size() ? cuts[i].node : graph->nodes.size();
      auto part = Runner::prepare(std::make_shared<const Graph>(part_of(*graph, first, end)));
      if (!part) break;
      made.parts_.push_back(std::move(*part));
      first = end;
    }
  }
  if (made.parts_.size() != cuts.size() + 1) cuts.clear();
  if (cuts.empty()) {
    auto whole = Runner::prepare(std::move(graph));
    if (!whole) return std::unexpected(whole.error());
    made.parts_.clear();
    made.parts_.push_back(std::move(*whole));
    return made;
  }

  const std::size_t shared = cache->graph_ && cache->rows_ == rows ? shared_nodes(*cache->graph_, *graph) : 0;
  for (PrefixCache::Cut& cut : cuts) {
    const auto known = std::ranges::find(cache->cuts_, cut.node, &PrefixCache::Cut::node);
    if (known != cache->cuts_.end() && cut.node <= shared && known->row_bytes == cut.row_bytes) cut = std::move(*known);
  }
  cache->cuts_.clear();   // before anything new is taken: never more than the limit at a time
  for (PrefixCache::Cut& cut : cuts) {
    cut.activations.resize(cut.row_bytes * rows.size());
    cut.is_known.resize(rows.size());
  }
  cache->cuts_ = std::move(cuts);
  cache->graph_ = std::move(graph);
  cache->rows_ = rows;
  made.cache_ = std::move(cache);
  return made;
}

Result<void> CachedRunner::run(std::size_t index, std::span<const float> sample, std::span<float> output) {
  std::size_t part = 0;   // the one to begin with
  skipped_nodes_ = 0;
  if (cache_) {
    part = cache_->cuts_.size();
    while (part > 0 && !cache_->cuts_[part - 1].is_known[index]) --part;
  }
  if (part == 0) parts_.front().set_input(0, sample);
  else skipped_nodes_ = cache_->cuts_[part - 1].node;
  for (;; ++part) {
    Runner& runner = parts_[part];
    if (part > 0) {
      const std::byte* from = cache_->cuts_[part - 1].activations.data() + index * cache_->cuts_[part - 1].row_bytes;
      for (std::size_t i = 0; i < runner.graph().inputs.size(); ++i) {
        const std::span<std::byte> input = runner.input(i);
        std::memcpy(input.data(), from, input.size());
        from += input.size();
      }
    }
    runner.reset();   // samples are not steps in time
    if (const auto ok = runner.run(); !ok) return ok;
    if (part + 1 == parts_.size()) break;
    PrefixCache::Cut& cut = cache_->cuts_[part];
    std::byte* into = cut.activations.data() + index * cut.row_bytes;
    for (std::size_t i = 0; i < runner.graph().outputs.size(); ++i) {
      const BytesView crossing = runner.output(i).bytes;
      std::memcpy(into, crossing.data(), crossing.size());
      into += crossing.size();
    }
    cut.is_known[index] = true;
  }
  parts_.back().output_reals(0, output);
  return {};
}

}  // namespace edgewise
