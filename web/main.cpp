// Edgewise as a window, or as a page: the platform opens it and draws frame() whenever something happened.
#include "web/frame.h"
#include "web/platform/run.h"

int main(int argc, char** argv) { return edgewise::platform::run(argc, argv, {edgewise::frame, edgewise::wants_animation}); }
