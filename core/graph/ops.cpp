#include "core/graph/ops.h"

namespace edgewise {

namespace {

struct Name {
  std::string operator()(const Conv2d&) const { return "CONV_2D"; }
  std::string operator()(const DepthwiseConv2d&) const { return "DEPTHWISE_CONV_2D"; }
  std::string operator()(const FullyConnected&) const { return "FULLY_CONNECTED"; }
  std::string operator()(const AvgPool2d&) const { return "AVERAGE_POOL_2D"; }
  std::string operator()(const MaxPool2d&) const { return "MAX_POOL_2D"; }
  std::string operator()(const Mean&) const { return "MEAN"; }
  std::string operator()(const Sum&) const { return "SUM"; }
  std::string operator()(const Add&) const { return "ADD"; }
  std::string operator()(const Sub&) const { return "SUB"; }
  std::string operator()(const Mul&) const { return "MUL"; }
  std::string operator()(const Pad&) const { return "PAD"; }
  std::string operator()(const Reshape&) const { return "RESHAPE"; }
  std::string operator()(const Softmax&) const { return "SOFTMAX"; }
  std::string operator()(const Relu&) const { return "RELU"; }
  std::string operator()(const Relu6&) const { return "RELU6"; }
  std::string operator()(const LeakyRelu&) const { return "LEAKY_RELU"; }
  std::string operator()(const Logistic&) const { return "LOGISTIC"; }
  std::string operator()(const Tanh&) const { return "TANH"; }
  std::string operator()(const Quantize&) const { return "QUANTIZE"; }
  std::string operator()(const Dequantize&) const { return "DEQUANTIZE"; }
  std::string operator()(const Concatenation&) const { return "CONCATENATION"; }
  std::string operator()(const Transpose&) const { return "TRANSPOSE"; }
  std::string operator()(const StridedSlice&) const { return "STRIDED_SLICE"; }
  std::string operator()(const Shape_&) const { return "SHAPE"; }
  std::string operator()(const Pack&) const { return "PACK"; }
  std::string operator()(const Unsupported& op) const { return op.name; }
};

}  // namespace

std::string name_of(const Op& op) { return std::visit(Name{}, op); }

}  // namespace edgewise
