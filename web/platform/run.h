// Opens the window and stays until it is closed; in a browser, sets everything up and returns to the page's event loop.
#pragma once

#include "web/platform/program.h"

namespace edgewise::platform {

/// The exit code of the program.
int run(int argc, char** argv, const Page& page);

}  // namespace edgewise::platform
