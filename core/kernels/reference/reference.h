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

}  // namespace edgewise::kernels::reference
