// Labelled samples from one file each: sounds or pictures, in folders named after their class.
#pragma once

#include "core/base/result.h"
#include "core/formats/dataset.h"

namespace edgewise {

/// Is it a file that read_clips takes, by its ending: .wav or .png, in small or capital letters?
bool is_clip(std::string_view name);

/// `files` are named "...class/name.wav" or .png, all of one kind. Classes are numbered in the order of their names; so are the samples within.
/// Pictures become reals in [0, 1], [height, width, channels], and must be of one size. Sounds become reals in [-1, 1], [frames] or [frames, channels], of one
/// sample rate and number of channels; shorter ones are filled up with silence, and `origin` says how many. Clips without a folder: no labels, if none has one.
Result<Dataset> read_clips(std::span<const DataFile> files);

}  // namespace edgewise
