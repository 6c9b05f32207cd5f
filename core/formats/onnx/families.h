// The imports of each family, as table.cpp lists them. Each fails with the reason alone.
#pragma once

#include <algorithm>

#include "core/formats/onnx/import.h"

namespace edgewise::onnx {

Result<void> import_conv(Importer&, const NodeProto&);
Result<void> import_qlinear_conv(Importer&, const NodeProto&);
Result<void> import_conv_integer(Importer&, const NodeProto&);
Result<void> import_conv_transpose(Importer&, const NodeProto&);

Result<void> import_average_pool(Importer&, const NodeProto&);
Result<void> import_max_pool(Importer&, const NodeProto&);
Result<void> import_lp_pool(Importer&, const NodeProto&);
Result<void> import_global_average_pool(Importer&, const NodeProto&);
Result<void> import_global_max_pool(Importer&, const NodeProto&);

Result<void> import_gemm(Importer&, const NodeProto&);
Result<void> import_matmul(Importer&, const NodeProto&);
Result<void> import_qlinear_matmul(Importer&, const NodeProto&);
Result<void> import_matmul_integer(Importer&, const NodeProto&);

Result<void> import_quantize_linear(Importer&, const NodeProto&);
Result<void> import_dequantize_linear(Importer&, const NodeProto&);
Result<void> import_qlinear_binary(Importer&, const NodeProto&);
Result<void> import_dynamic_quantize_linear(Importer&, const NodeProto&);

Result<void> import_constant(Importer&, const NodeProto&);
Result<void> import_constant_of_shape(Importer&, const NodeProto&);
Result<void> import_range(Importer&, const NodeProto&);
Result<void> import_shape(Importer&, const NodeProto&);
Result<void> import_size(Importer&, const NodeProto&);

Result<void> import_identity(Importer&, const NodeProto&);
Result<void> import_dropout(Importer&, const NodeProto&);
Result<void> import_transpose(Importer&, const NodeProto&);
Result<void> import_reshape(Importer&, const NodeProto&);
Result<void> import_flatten(Importer&, const NodeProto&);
Result<void> import_squeeze(Importer&, const NodeProto&);
Result<void> import_unsqueeze(Importer&, const NodeProto&);
Result<void> import_concat(Importer&, const NodeProto&);
Result<void> import_slice(Importer&, const NodeProto&);
Result<void> import_split(Importer&, const NodeProto&);
Result<void> import_pad(Importer&, const NodeProto&);
Result<void> import_gather(Importer&, const NodeProto&);
Result<void> import_gather_elements(Importer&, const NodeProto&);
Result<void> import_expand(Importer&, const NodeProto&);
Result<void> import_tile(Importer&, const NodeProto&);
Result<void> import_depth_to_space(Importer&, const NodeProto&);
Result<void> import_space_to_depth(Importer&, const NodeProto&);
Result<void> import_top_k(Importer&, const NodeProto&);
Result<void> import_arg(Importer&, const NodeProto&);
Result<void> import_resize(Importer&, const NodeProto&);

Result<void> import_unary(Importer&, const NodeProto&);
Result<void> import_binary(Importer&, const NodeProto&);
Result<void> import_variadic(Importer&, const NodeProto&);
Result<void> import_clip(Importer&, const NodeProto&);
Result<void> import_cast(Importer&, const NodeProto&);
Result<void> import_where(Importer&, const NodeProto&);
Result<void> import_reduce(Importer&, const NodeProto&);

Result<void> import_softmax(Importer&, const NodeProto&);
Result<void> import_batch_normalization(Importer&, const NodeProto&);
Result<void> import_instance_normalization(Importer&, const NodeProto&);
Result<void> import_layer_normalization(Importer&, const NodeProto&);
Result<void> import_lrn(Importer&, const NodeProto&);
Result<void> import_lp_normalization(Importer&, const NodeProto&);

Result<void> import_recurrent(Importer&, const NodeProto&);

/// What the elementwise imports share: operands in one order of axes, so that they broadcast as ONNX's do.
struct Aligned {
  std::vector<Made> operands;
  Order order;          ///< of the output
};
Aligned aligned(Importer&, const std::vector<Symbol*>& symbols);

}  // namespace edgewise::onnx
