#include "web/app/jobs.h"

#include <iterator>

#include "core/base/text.h"

namespace edgewise {

namespace {

/// What was told since the reply before belongs behind all that was told.
template <class T>
Result<void> append(std::string_view named, std::vector<T>& all, std::uint32_t first, std::vector<T>& more) {
  if (first != all.size()) return fail(text("the evaluator lost count of the ", named), {}, {}, "Start it again");
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  more.clear();
  return {};
}

}  // namespace

bool Job::goes_on(const Wish& shown) const {
  const JobWish* wanted = wish();
  return wanted && !wanted->rests && wanted->model == shown.model && wanted->data == shown.data && !is_done() && !said().error;
}

Bytes Job::next_message(double now_ms, std::uint16_t first_budget_ms, std::uint16_t budget_ms) {
  sent_ms_ = now_ms;
  if (std::exchange(has_begun_, true)) return protocol::encode(protocol::Request(protocol::JobOn{kind_, budget_ms}));
  return first_message(first_budget_ms);
}

void Job::refuse(std::uint64_t about, Error error) {
  if (about != 0 && about == number()) said().error = std::move(error);
}

void Job::lose_host(std::string_view failure, bool was_at_it) {
  refuse(number(), Error{text(named_, " ended with the evaluator (", failure, ")"), {}, {}, {}, std::string(was_at_it ? lighter_ : std::string_view("Start it again"))});
}

Bytes first_message(const TuneWish& wish, std::uint16_t budget_ms) {
  const std::string recipe = to_text(wish.recipe);
  const TuneOptions& options = wish.options;
  return protocol::encode(protocol::Request(protocol::Tune{
      .recipe = recipe, .bundled = wish.bundled, .epochs = static_cast<std::uint32_t>(options.epochs), .batch = static_cast<std::uint32_t>(options.batch),
      .learning_rate = options.learning_rate, .seed = options.seed, .on_schedule = options.on_schedule, .from_new_weights = options.from_new_weights, .budget_ms = budget_ms}));
}

Result<void> take(const TuneWish& wish, TuneProgress& progress, protocol::Tuned reply) {
  if (auto ok = append("epochs", progress.epochs, reply.first_epoch, reply.epochs); !ok) return ok;
  const bool is_first = progress.now.steps_total == 0 || reply.steps < progress.now.steps, has_learned = reply.steps > progress.now.steps;
  progress.now = std::move(reply);
  if (is_first) progress.prepared_s = progress.worked_s, progress.prepared_steps = progress.now.steps;
  const double worked_s = progress.worked_s - progress.prepared_s;
  if (is_first || !has_learned || worked_s <= 0) return {};
  const double steps_per_second = static_cast<double>(progress.now.steps - progress.prepared_steps) / worked_s, steps_per_epoch = static_cast<double>(progress.now.steps_total) / wish.options.epochs;
  progress.rows_per_second = static_cast<double>(progress.now.learning_rows) * steps_per_second / steps_per_epoch;
  progress.left_s = static_cast<double>(progress.now.steps_total - progress.now.steps) / steps_per_second;
  return {};
}

Bytes first_message(const DiagnosisWish& wish, std::uint16_t budget_ms) {
  const std::string recipe = to_text(wish.recipe);
  return protocol::encode(protocol::Request(protocol::Diagnose{recipe, wish.rows, budget_ms}));
}

Result<void> take(const DiagnosisWish&, DiagnosisProgress& progress, protocol::Diagnosed reply) {
  progress.now = std::move(reply);
  return {};
}

Bytes first_message(const SearchWish& wish, std::uint16_t budget_ms) {
  const std::string recipe = to_text(wish.base);
  const bool is_time = wish.aim == SearchAim::latency;
  return protocol::encode(protocol::Request(protocol::Search{.recipe = recipe, .lose = wish.lose, .is_stored = wish.aim == SearchAim::download, .rows = wish.rows, .budget_ms = budget_ms,
                                                              .board = !is_time ? std::string_view() : wish.board_file.empty() ? std::string_view(wish.board) : std::string_view(wish.board_file), .library = is_time ? std::string_view(wish.library) : std::string_view()}));
}

Result<void> take(const SearchWish&, SearchProgress& progress, protocol::Searched reply) {
  if (auto ok = append("recipes", progress.points, reply.first_point, reply.points); !ok) return ok;
  progress.now = std::move(reply);
  return {};
}

Bytes first_message(const DistillWish& wish, std::uint16_t budget_ms) {
  const DistillOptions& options = wish.options;
  return protocol::encode(protocol::Request(protocol::Distill{
      .architecture = wish.architecture, .bundled = wish.bundled, .seeds = static_cast<std::uint32_t>(options.seeds), .epochs = static_cast<std::uint32_t>(options.epochs),
      .batch = static_cast<std::uint32_t>(options.batch), .learning_rate = options.learning_rate, .temperature = options.temperature, .alpha = options.alpha, .seed = options.seed,
      .budget_ms = budget_ms}));
}

Result<void> take(const DistillWish& wish, DistillProgress& progress, protocol::Distilled reply) {
  if (auto ok = append("epochs", progress.epochs, reply.first_epoch, reply.epochs); !ok) return ok;
  if (!reply.file.empty()) progress.file = std::make_shared<const Bytes>(std::exchange(reply.file, {}));
  progress.now = std::move(reply);
  const auto steps = static_cast<double>(progress.now.steps), total = static_cast<double>(progress.now.steps_total);
  if (steps <= 0) return {};
  progress.left_s = progress.worked_s * (total - steps) / steps;
  const double rows = static_cast<double>(progress.now.learning_rows) * wish.options.epochs * 2 * wish.options.seeds;   // of all students
  progress.rows_per_second = rows * steps / total / progress.worked_s;
  return {};
}

Bytes first_message(const RepairWish& wish, std::uint16_t budget_ms) {
  const std::string recipe = to_text(wish.recipe);
  return protocol::encode(protocol::Request(protocol::Repair{recipe, budget_ms}));
}

Result<void> take(const RepairWish&, RepairProgress& progress, protocol::Repaired reply) {
  progress.now = std::move(reply);
  return {};
}

}  // namespace edgewise
