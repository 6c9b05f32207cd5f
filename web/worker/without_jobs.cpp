// For programs that only score.
#include "web/worker/job_run.h"

namespace edgewise {

Result<std::unique_ptr<JobRun>> start(const JobInputs&, const protocol::JobRequest&) { return fail("this evaluator only scores: such work is another program's"); }

}  // namespace edgewise
