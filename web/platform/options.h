// The command line of the window. In a browser the shell fills it in: what it knows of the page at the start.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise::platform {

struct Options {
  std::string fragment;             ///< --fragment: the state to open, as in a link
  std::string address;              ///< --address: of the page, without fragment
  bool is_embedded = false;         ///< --embedded: inside another page's frame
  int cores = 1;                    ///< --cores: of the machine
  int width = 1280, height = 800;   ///< --size WxH
  bool is_light = false;            ///< --light
  std::string assets;               ///< --assets: the folder, when it is not beside the program
  std::string screenshot;           ///< --screenshot: a .ppm written once the program is at rest; then it ends
  int least_frames = 0;             ///< --frames: drawn before the screenshot, or before the end
  std::vector<std::string> files;   ///< everything else: opened as if dropped
};

constexpr std::string_view usage =
    "playground [--fragment v=1&model=har] [--size 1280x800] [--light] [--assets FOLDER] [--frames N] [--screenshot OUT.ppm] [MODEL] [DATA...]";

Result<Options> parse_options(int argc, char** argv);

/// Evaluators worth having on that many cores: one core is left to the page, and four copies of a model are enough.
int hosts_for(int cores);

}  // namespace edgewise::platform
