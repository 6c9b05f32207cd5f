// The reference kernels: plain loops, one operator per file, the definition of correct. Each follows the TensorFlow Lite reference
// kernel that it names, and the tests compare with outputs of those.
//
// Floats are added in the order TensorFlow Lite adds them, so that results agree to the last bit where the compiler lets them.
#pragma once

#include "core/kernels/kernels.h"

namespace edgewise::kernels::reference {

Result<Kernel> conv_2d(const Site& site);
Result<Kernel> depthwise_conv_2d(const Site& site);
Result<Kernel> fully_connected(const Site& site);
Result<Kernel> average_pool_2d(const Site& site);
Result<Kernel> max_pool_2d(const Site& site);
Result<Kernel> mean(const Site& site);
Result<Kernel> sum(const Site& site);
Result<Kernel> add(const Site& site);
Result<Kernel> sub(const Site& site);
Result<Kernel> mul(const Site& site);
Result<Kernel> pad(const Site& site);
Result<Kernel> reshape(const Site& site);
Result<Kernel> softmax(const Site& site);
Result<Kernel> softmax_int16(const Site& site);
Result<Kernel> relu(const Site& site);
Result<Kernel> relu6(const Site& site);
Result<Kernel> leaky_relu(const Site& site);
Result<Kernel> logistic(const Site& site);
Result<Kernel> tanh(const Site& site);
Result<Kernel> quantize(const Site& site);
Result<Kernel> dequantize(const Site& site);
Result<Kernel> concatenation(const Site& site);
Result<Kernel> transpose(const Site& site);
Result<Kernel> strided_slice(const Site& site);
Result<Kernel> shape(const Site& site);
Result<Kernel> pack(const Site& site);
Result<Kernel> transpose_conv(const Site& site);
Result<Kernel> batch_matmul(const Site& site);
Result<Kernel> div(const Site& site);
Result<Kernel> floor_div(const Site& site);
Result<Kernel> floor_mod(const Site& site);
Result<Kernel> maximum(const Site& site);
Result<Kernel> minimum(const Site& site);
Result<Kernel> squared_difference(const Site& site);
Result<Kernel> prelu(const Site& site);
Result<Kernel> equal(const Site& site);
Result<Kernel> not_equal(const Site& site);
Result<Kernel> less(const Site& site);
Result<Kernel> less_equal(const Site& site);
Result<Kernel> greater(const Site& site);
Result<Kernel> greater_equal(const Site& site);
Result<Kernel> logical_and(const Site& site);
Result<Kernel> logical_or(const Site& site);
Result<Kernel> logical_not(const Site& site);
Result<Kernel> abs(const Site& site);
Result<Kernel> neg(const Site& site);
Result<Kernel> exp(const Site& site);
Result<Kernel> log(const Site& site);
Result<Kernel> sin(const Site& site);
Result<Kernel> cos(const Site& site);
Result<Kernel> sqrt(const Site& site);
Result<Kernel> rsqrt(const Site& site);
Result<Kernel> square(const Site& site);
Result<Kernel> floor(const Site& site);
Result<Kernel> ceil(const Site& site);
Result<Kernel> round(const Site& site);
Result<Kernel> elu(const Site& site);
Result<Kernel> hard_swish(const Site& site);
Result<Kernel> relu_n1_to_1(const Site& site);
Result<Kernel> relu_0_to_1(const Site& site);
Result<Kernel> cast(const Site& site);
Result<Kernel> add_n(const Site& site);
Result<Kernel> log_softmax(const Site& site);
Result<Kernel> l2_normalization(const Site& site);
Result<Kernel> l2_pool_2d(const Site& site);
Result<Kernel> reduce_max(const Site& site);
Result<Kernel> reduce_min(const Site& site);
Result<Kernel> reduce_all(const Site& site);
Result<Kernel> arg_max(const Site& site);
Result<Kernel> arg_min(const Site& site);
Result<Kernel> cumsum(const Site& site);
Result<Kernel> topk_v2(const Site& site);
Result<Kernel> expand_dims(const Site& site);
Result<Kernel> squeeze(const Site& site);
Result<Kernel> split(const Site& site);
Result<Kernel> split_v(const Site& site);
Result<Kernel> unpack(const Site& site);
Result<Kernel> slice(const Site& site);
Result<Kernel> gather(const Site& site);
Result<Kernel> gather_nd(const Site& site);
Result<Kernel> embedding_lookup(const Site& site);
Result<Kernel> pad_v2(const Site& site);
Result<Kernel> mirror_pad(const Site& site);
Result<Kernel> tile(const Site& site);
Result<Kernel> broadcast_to(const Site& site);
Result<Kernel> broadcast_args(const Site& site);
Result<Kernel> reverse_v2(const Site& site);
Result<Kernel> select_v2(const Site& site);
Result<Kernel> fill(const Site& site);
Result<Kernel> zeros_like(const Site& site);
Result<Kernel> dynamic_update_slice(const Site& site);
Result<Kernel> space_to_batch_nd(const Site& site);
Result<Kernel> batch_to_space_nd(const Site& site);
Result<Kernel> space_to_depth(const Site& site);
Result<Kernel> depth_to_space(const Site& site);
Result<Kernel> resize_nearest_neighbor(const Site& site);
Result<Kernel> resize_bilinear(const Site& site);

}  // namespace edgewise::kernels::reference
