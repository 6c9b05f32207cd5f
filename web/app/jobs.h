// Work of seconds beside the score (fine-tuning, a search), as the evaluator asks a host for it: what is wanted, and how far it is.
//
// All jobs live by the same rules, which are here once; what they ask for and what they are told is each one's own (`first_message`, `take`).
#pragma once

#include <string_view>
#include <utility>

#include "web/app/evaluator.h"

namespace edgewise {

class Job {
 public:
  /// `named` begins the sentence when its host died, `lighter` ends it when the job itself was to blame.
  Job(protocol::Job kind, std::string_view named, std::string_view lighter) : kind_(kind), named_(named), lighter_(lighter) {}
  virtual ~Job() = default;

  /// Whether there is something to ask for while the page shows `shown`.
  bool goes_on(const Wish& shown) const;
  /// Of what is wanted; 0: nothing is.
  std::uint64_t number() const { return wish() ? wish()->number : 0; }
  /// The message that begins it, or asks for more.
  Bytes next_message(double now_ms, std::uint16_t first_budget_ms, std::uint16_t budget_ms);
  /// It cannot go on; what it says about another number than the present is late, and nothing.
  void refuse(std::uint64_t about, Error error);
  /// Its host died. `was_at_it`: in the middle of a message about it.
  void lose_host(std::string_view failure, bool was_at_it);
  bool has_begun() const { return has_begun_; }

 protected:
  virtual const JobWish* wish() const = 0;
  virtual const JobProgress& said() const = 0;
  virtual JobProgress& said() = 0;
  virtual bool is_done() const = 0;
  virtual Bytes first_message(std::uint16_t budget_ms) const = 0;

  bool has_begun_ = false;
  double sent_ms_ = 0;

 private:
  protocol::Job kind_;
  std::string_view named_, lighter_;
};

Bytes first_message(const TuneWish& wish, std::uint16_t budget_ms);
Bytes first_message(const DiagnosisWish& wish, std::uint16_t budget_ms);
Bytes first_message(const SearchWish& wish, std::uint16_t budget_ms);
Bytes first_message(const DistillWish& wish, std::uint16_t budget_ms);
Bytes first_message(const RepairWish& wish, std::uint16_t budget_ms);
/// Takes a reply; an error is one that ends the job.
Result<void> take(const TuneWish& wish, TuneProgress& progress, protocol::Tuned reply);
Result<void> take(const DiagnosisWish& wish, DiagnosisProgress& progress, protocol::Diagnosed reply);
Result<void> take(const SearchWish& wish, SearchProgress& progress, protocol::Searched reply);
Result<void> take(const DistillWish& wish, DistillProgress& progress, protocol::Distilled reply);
Result<void> take(const RepairWish& wish, RepairProgress& progress, protocol::Repaired reply);

template <class Wanted, class Progress>
class JobOf final : public Job {
 public:
  using Job::Job;

  /// A wish of the same number is the same job. True when it is another one.
  bool want(const std::optional<Wanted>& next) {
    const std::uint64_t before = number();
    wish_ = next;
    if (number() == before) return false;
    progress = Progress{};
    progress.number = number();
    has_begun_ = false;
    return true;
  }
  /// What a host said. False where it is late: the job was ended while the message was on its way.
  template <class Reply>
  bool took(std::uint64_t about, Reply reply, double now_ms) {
    if (about == 0 || about != number() || progress.error) return false;
    progress.worked_s += (now_ms - sent_ms_) / 1000;
    if (auto ok = take(*wish_, progress, std::move(reply)); !ok) progress.error = ok.error();
    return true;
  }

  Progress progress;

 private:
  const JobWish* wish() const override { return wish_ ? &*wish_ : nullptr; }
  const JobProgress& said() const override { return progress; }
  JobProgress& said() override { return progress; }
  bool is_done() const override { return progress.now.done; }
  Bytes first_message(std::uint16_t budget_ms) const override { return edgewise::first_message(*wish_, budget_ms); }

  std::optional<Wanted> wish_;
};

}  // namespace edgewise
