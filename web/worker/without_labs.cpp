// For programs that carry no labs.
#include "core/base/text.h"
#include "web/worker/lab_run.h"

namespace edgewise {

Result<std::unique_ptr<LabRun>> start_lab(const LabInputs&, const protocol::RunLab& wanted) { return fail(text("lab '", wanted.lab.substr(0, 40), "' is in another program")); }

}  // namespace edgewise
