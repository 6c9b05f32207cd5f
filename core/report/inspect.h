// What is in a model file, layer by layer, and where each of its bytes went; as data, and as the JSON of `edgewise inspect --json` and model.inspect().
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/graph/infer.h"
#include "core/graph/model.h"

namespace edgewise::report {

struct NodeFacts {
  std::string name, op;
  std::vector<const Value*> inputs, outputs;   ///< computed ones, of the model that was asked
  Macs macs;
  std::uint64_t params = 0, bytes = 0;         ///< of constants with real or integer codes: weights and biases
};

struct Facts {
  std::vector<NodeFacts> nodes;                ///< in execution order
  NodeFacts total;                             ///< sums
  std::map<ByteRange::Kind, std::uint64_t> kinds;   ///< bytes of the file by what they hold
};

/// Looks into the model: it must outlive the facts.
Facts facts_of(const Model& model);
std::string_view name_of(ByteRange::Kind kind);
std::string inspect_json(const Model& model, const Facts& facts);

}  // namespace edgewise::report
