// Where an answer should be computed: on the device, in the cloud, first here and then there, or nowhere.
#pragma once

#include "core/labs/lab.h"

namespace edgewise::labs {

enum class Place { edge, cloud, hybrid, infeasible };

struct Task {
  double deadline_ms, payload_bytes, bandwidth_kbit, model_mmacs;
  bool is_private;
  double model_kib, second_look_kib, second_look_deadline_s;       ///< second_look_kib 0: no second look is wanted
  double clock_mhz, cycles_per_mac, flash_kib;
  double rtt_ms, jitter_ms, outage, server_ms, missed_allowed;     ///< outage and missed_allowed are shares
  double answers_a_day, devices, cloud_usd_a_1000, board_usd, life_years;
};

struct Decision {
  Place place = Place::infeasible;
  double edge_ms = 0, cloud_ms = 0, upload_ms = 0;
  double missed_share = 0;            ///< answers from the cloud that come late or not at all
  double link_share = 0;              ///< of the day that the link is sending
  double edge_usd_a_year = 0, cloud_usd_a_year = 0;
  bool is_edge_in_time = false, is_model_fitting = false, is_cloud_in_time = false, is_link_enough = false;
  bool is_edge_able = false, is_cloud_able = false;
};

/// edge   t = MACs * cycles per MAC / clock <= deadline, and the model fits the flash
/// cloud  nothing private, P(missed) = outage + (1 - outage) P(rtt > deadline - upload - server) <= what may be missed, and the day is long enough for all uploads.
///        The round trip is normally distributed about its mean: assumed.
/// A second look that does not fit the board is taken in the cloud: hybrid. Where both places can, the cheaper one.
Decision decide(const Task& task);

std::string_view name_of(Place place);

Lab decide_lab();

}  // namespace edgewise::labs
