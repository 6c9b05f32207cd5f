// numpy's array files: .npy (one array) and .npz (a zip of them). Format: numpy.lib.format, versions 1.0 to 3.0.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/tensor.h"

namespace edgewise::npy {

/// Types b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8, little-endian or one byte, C order (Fortran order is turned).
Result<Tensor> read(BytesView file);
Bytes write(const TensorView& tensor);
/// The arrays of an .npz by name without ".npy", in file order. Unpacked sizes are bounded before unpacking.
Result<std::vector<std::pair<std::string, Tensor>>> read_npz(BytesView file);
/// Deflated, with fixed timestamps: the same arrays give the same bytes.
Bytes write_npz(const std::vector<std::pair<std::string, Tensor>>& arrays);

}  // namespace edgewise::npy
