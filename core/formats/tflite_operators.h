// Each operator as TensorFlow Lite writes it: its number, its options, the version a file must name; both directions side by side.
// Private to core/formats/tflite_*.
#pragma once

#include <functional>
#include <string>
#include <type_traits>

#include "core/base/result.h"
#include "core/formats/tflite_schema.h"
#include "core/graph/graph.h"

namespace edgewise::tflite {

/// An operator of a file. `node` has its inputs and outputs, in range of graph.values; `name` is TensorFlow Lite's or the custom code.
struct OperatorSource {
  BytesView file;
  const schema::Operator& table;
  schema::BuiltinOperator code;
  std::string name;
  const Graph& graph;
  const Node& node;
  /// Another graph of the file by its number; recursion and depth are bounded.
  std::function<Result<std::shared_ptr<const Graph>>(std::int32_t)> subgraph;
};

/// Unsupported for what has no struct in core/graph/ops.h or uses a variant of it that we cannot run. Fails where options are missing or out of range.
Result<Op> read_operator(const OperatorSource& from);

template <class Operator, class... Others>
constexpr bool is_one_of = (std::is_same_v<Operator, Others> || ...);
/// False for what is not written: operators that lead to other graphs or share variables with them, custom ones, and those of ONNX alone.
template <class Operator>
constexpr bool is_written =
    !OnnxOnly<Operator> &&
    !is_one_of<Operator, Unsupported, VarHandle, ReadVariable, AssignVariable, CallOnce, While, If, SignalWindow, SignalFftAutoScale, SignalRfft, SignalIrfft, SignalEnergy,
               SignalFilterBank, SignalFilterBankSquareRoot, SignalFilterBankSpectralSubtraction, SignalPcan, SignalFilterBankLog, SignalFramer, SignalStacker,
               SignalOverlapAdd, SignalDelay, CircularBuffer>;

/// TensorFlow Lite's number of an operator that write() knows; CUSTOM for the others.
schema::BuiltinOperator code_of(const Op& op);

/// The oldest version of the operator that takes these types: tensorflow/compiler/mlir/lite/tools/versioning/op_version.cc, with the entries for 16-bit
/// activations as the registrations of the kernels have them (CONV_2D 4, DEPTHWISE_CONV_2D 5, FULLY_CONNECTED 7).
std::int32_t version_of(const Graph& graph, const Node& node);

struct Options {
  schema::BuiltinOptions type = schema::BuiltinOptions::NONE;
  flatbuffers::Offset<void> at = 0;
};
Options write_options(flatbuffers::FlatBufferBuilder& builder, const Graph& graph, const Node& node);

}  // namespace edgewise::tflite
