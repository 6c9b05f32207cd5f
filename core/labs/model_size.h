// How many numbers a network has, and what they weigh at a width. Counting rules: a dense layer has inputs * units weights and a bias for each unit;
// an LSTM layer has four gates of units * (inputs + units) weights and a bias for each unit (Hochreiter & Schmidhuber 1997, as Keras stores it).
#pragma once

namespace edgewise::labs {

struct NetworkSize {
  double weights = 0, biases = 0;   ///< biases: one for each output channel or gate unit
  double macs = 0;                  ///< for one prediction
  double params() const { return weights + biases; }
};

inline NetworkSize operator+(NetworkSize a, NetworkSize b) { return {a.weights + b.weights, a.biases + b.biases, a.macs + b.macs}; }

inline NetworkSize dense_size(double inputs, double units) { return {inputs * units, units, inputs * units}; }
/// Over `steps` inputs in time.
inline NetworkSize lstm_size(double inputs, double units, double steps) {
  const double weights = 4 * units * (inputs + units);
  return {weights, 4 * units, steps * weights};
}

/// Weights and biases as 32-bit floats.
inline double float_bytes(NetworkSize size) { return 4 * size.params(); }
/// Weights at `bits`, biases as 32-bit integers (TensorFlow Lite 8-bit quantization specification); without scales and the file's tables.
inline double integer_bytes(NetworkSize size, double bits) { return size.weights * bits / 8 + 4 * size.biases; }
/// One 32-bit scale for each output channel.
inline double channel_scale_bytes(NetworkSize size) { return 4 * size.biases; }

/// The chapter's two listings: 27-128-64-5, and LSTM 32, LSTM 16 and one output over 60 minutes of 14 features.
inline NetworkSize chapter_classifier() { return dense_size(27, 128) + dense_size(128, 64) + dense_size(64, 5); }
inline NetworkSize chapter_lstm() { return lstm_size(14, 32, 60) + lstm_size(32, 16, 60) + dense_size(16, 1); }
/// The LSTM as the chapter's table has it: two layers of 32.
inline NetworkSize chapter_table_lstm() { return lstm_size(14, 32, 60) + lstm_size(32, 32, 60) + dense_size(32, 1); }

}  // namespace edgewise::labs
