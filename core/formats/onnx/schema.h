// The numbers of ONNX's fields and types that we read. Source: onnx/onnx.proto3 of ONNX 1.20.0 (IR version 13); numbers never change between versions.
#pragma once

#include <cstdint>

namespace edgewise::onnx::schema {

namespace model { enum : std::uint32_t { ir_version = 1, producer_name = 2, graph = 7, opset_import = 8 }; }
namespace opset { enum : std::uint32_t { domain = 1, version = 2 }; }
namespace graph { enum : std::uint32_t { node = 1, name = 2, initializer = 5, input = 11, output = 12, value_info = 13, sparse_initializer = 15 }; }
namespace node { enum : std::uint32_t { input = 1, output = 2, name = 3, op_type = 4, attribute = 5, domain = 7 }; }
namespace attribute { enum : std::uint32_t { name = 1, f = 2, i = 3, s = 4, t = 5, g = 6, floats = 7, ints = 8, strings = 9, graphs = 11, sparse_tensor = 22 }; }
namespace value_info { enum : std::uint32_t { name = 1, type = 2 }; }
namespace type { enum : std::uint32_t { tensor_type = 1 }; }
namespace tensor_type { enum : std::uint32_t { elem_type = 1, shape = 2 }; }
namespace shape { enum : std::uint32_t { dim = 1 }; }
namespace dimension { enum : std::uint32_t { dim_value = 1, dim_param = 2 }; }
namespace tensor {
enum : std::uint32_t { dims = 1, data_type = 2, segment = 3, float_data = 4, int32_data = 5, string_data = 6, int64_data = 7, name = 8, raw_data = 9,
                       double_data = 10, uint64_data = 11, external_data = 13, data_location = 14 };
}

enum class DataType : std::int32_t {
  undefined, float32, uint8, int8, uint16, int16, int32, int64, string, boolean, float16, float64, uint32, uint64, complex64, complex128, bfloat16,
  float8e4m3fn, float8e4m3fnuz, float8e5m2, float8e5m2fnuz, uint4, int4, float4e2m1, float8e8m0, uint2, int2
};

}  // namespace edgewise::onnx::schema
