// The models that come with the page, and the data each was trained for.
#pragma once

#include <array>
#include <string_view>

#include "core/mcu/front_end.h"

namespace edgewise {

struct Example {
  std::string_view id;            ///< in a link: model=har
  std::string_view title;
  std::string_view about;         ///< one line for the menu
  std::string_view model_file;    ///< below assets/
  std::string_view data_file;
  std::string_view samples;       ///< what a row is called: "windows"
  mcu::Transforms transforms = {};   ///< what makes a row of it from samples; of none where the count is 0
};

constexpr std::array<Example, 5> examples{{
    {"har", "Activity classifier", "walking, running, stairs and rest from 27 motion features", "models/har.tflite", "datasets/har.npz", "windows"},
    {"digits", "Digit reader", "a depthwise-separable network on drawn digits", "models/digits.tflite", "datasets/digits.npz", "images"},
    {"vibration", "Machine listener", "an autoencoder that hears when a machine sounds wrong", "models/vibration.tflite", "datasets/vibration.npz", "windows"},
    {"forest", "Forest listener", "a chainsaw or none, in a second of synthesised sound", "models/forest.tflite", "datasets/forest.npz", "windows", {1024, 16}},
    {"hvac", "Room temperature", "an LSTM foresees a simulated office by an hour", "models/hvac.tflite", "datasets/hvac.npz", "windows"},
}};

constexpr const Example* find_example(std::string_view id) {
  for (const Example& example : examples)
    if (example.id == id) return &example;
  return nullptr;
}

}  // namespace edgewise
