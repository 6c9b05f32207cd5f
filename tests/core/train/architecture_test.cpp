#include "core/train/architecture.h"

#include <initializer_list>

#include <doctest/doctest.h>

using namespace edgewise::train;
using Kind = ArchitectureLayer::Kind;

TEST_CASE("an architecture's text gives its layers, with their defaults") {
  const auto parsed = parse_architecture("conv8k5s2-dw3-pw16-dw3s2-maxpool2-avgpool3-gap-dense12-dense10");
  REQUIRE(parsed.has_value());
  const Architecture wanted = {
      {Kind::convolution, 8, 5, 2, Bend::relu},
      {Kind::depthwise, 0, 3, 1, Bend::relu},
      {Kind::convolution, 16, 1, 1, Bend::relu},
      {Kind::depthwise, 0, 3, 2, Bend::relu},
      {Kind::max_pool, 0, 2, 2, Bend::none},
      {Kind::average_pool, 0, 3, 3, Bend::none},
      {Kind::global_average_pool, 0, 1, 1, Bend::none},
      {Kind::dense, 12, 1, 1, Bend::relu},
      {Kind::dense, 10, 1, 1, Bend::none},
  };
  CHECK(*parsed == wanted);
  CHECK(parse_architecture("conv4-dense2")->front().kernel == 3);
  const auto recurrent = parse_architecture("lstm32-last-dense1");
  REQUIRE(recurrent.has_value());
  CHECK(*recurrent == Architecture{{Kind::lstm, 32, 1, 1, Bend::none}, {Kind::last_step, 0, 1, 1, Bend::none}, {Kind::dense, 1, 1, 1, Bend::none}});
}

TEST_CASE("what stands behind a layer's numbers chooses its bend and whether it is normalised, and a dropout its percent") {
  const auto parsed = parse_architecture("conv8k5s2bn-dw3s2bntanh-pw4linear-dense9sigmoid-drop25-dense6relu-dense2");
  REQUIRE(parsed.has_value());
  const Architecture wanted = {
      {Kind::convolution, 8, 5, 2, Bend::relu, true}, {Kind::depthwise, 0, 3, 2, Bend::tanh, true}, {Kind::convolution, 4, 1, 1, Bend::none},
      {Kind::dense, 9, 1, 1, Bend::logistic},         {Kind::dropout, 0, 1, 1, Bend::none, false, 25}, {Kind::dense, 6, 1, 1, Bend::relu},
      {Kind::dense, 2, 1, 1, Bend::none},
  };
  CHECK(*parsed == wanted);
}

TEST_CASE("a wrong architecture is refused with the layer and the reason") {
  struct Case {
    const char *text, *where, *reason;
  };
  for (const Case& c : {Case{"", "", "'' is no layer; there are conv, pw, dw, dense, avgpool, maxpool, gap, lstm, gru, last and drop"},
                        Case{"rnn4-dense2", "", "'rnn' is no layer; there are conv, pw, dw, dense, avgpool, maxpool, gap, lstm, gru, last and drop"},
                        Case{"conv-dense2", "layer 'conv'", "'conv' wants a whole number from 1 to 4096 after it"},
                        Case{"conv0-dense2", "layer 'conv0'", "'conv' wants a whole number from 1 to 4096 after it"},
                        Case{"conv99999999999999999999-dense2", "layer 'conv99999999999999999999'",
                             "'conv' wants a whole number from 1 to 4096 after it"},
                        Case{"conv8k32-dense2", "layer 'conv8k32'", "'k' wants a whole number from 1 to 31 after it"},
                        Case{"pw8s2-dense2", "layer 'pw8s2'", "'s' has no meaning after 'pw'"},
                        Case{"dw3k3-dense2", "layer 'dw3k3'", "'k' has no meaning after 'dw'"},
                        Case{"lstm-dense2", "layer 'lstm'", "'lstm' wants a whole number from 1 to 4096 after it"},
                        Case{"lstm4k3-dense2", "layer 'lstm4k3'", "'k' has no meaning after 'lstm'"},
                        Case{"lstm4-last3-dense2", "layer 'last3'", "'last' takes no number"},
                        Case{"gap2-dense2", "layer 'gap2'", "'gap' takes no number"},
                        Case{"drop95-dense2", "layer 'drop95'", "'drop' wants a whole number from 1 to 90 after it"},
                        Case{"drop-dense2", "layer 'drop'", "'drop' wants a whole number from 1 to 90 after it"},
                        Case{"dense4gelu-dense2", "layer 'dense4gelu'",
                             "'gelu' has no meaning after a layer's numbers; there are bn, relu, sigmoid, tanh and linear"},
                        Case{"lstm4bn-last-dense2", "layer 'lstm4bn'", "'bn' has no meaning after 'lstm'"},
                        Case{"dense4-dense2tanh", "layer 'dense2tanh'",
                             "the last layer is linear: it gives scores or real numbers, and nothing bends or normalises them"},
                        Case{"dense2-conv3", "layer 'conv3'", "the last layer must be dense: it gives the answer"}}) {
    CAPTURE(c.text);
    const auto parsed = parse_architecture(c.text);
    CHECK_FALSE(parsed.has_value());
    if (parsed) continue;
    CHECK(parsed.error().reason == c.reason);
    CHECK(parsed.error().where == c.where);
  }
}
