// Every recipe that was scored to the end, once for each model it was tried on; and those of them that nothing beats.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "web/app/app.h"

namespace edgewise {

constexpr std::size_t most_visits = 400;

/// Adds a visit, or brings the one of the same recipe and model up to date (its pin and label stay). Beyond the limit the oldest that is not pinned goes.
void note_visit(std::vector<Visited>& visited, Visited visit);
/// Whether its model was fine-tuned.
bool is_tuned(const Visited& visit);
/// Whether its model learned here from another.
bool is_student(const Visited& visit);
/// What a pinned visit is called on the page.
std::string label_of(const Visited& visit);
/// Indices of the visits that no other equals or beats in both flash and value, by flash. `higher_is_better` false: a mean error.
std::vector<std::size_t> frontier(const std::vector<Visited>& visited, bool higher_is_better);

}  // namespace edgewise
