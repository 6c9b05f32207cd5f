// Whether two graphs are the same in everything but where their files keep it.
#pragma once

#include <string>

#include "core/graph/graph.h"

namespace edgewise::test {

/// Empty when they are; else what differs first. Node::offset and Value::bits, which files do not hold, are not compared.
std::string difference(const Graph& a, const Graph& b);

}  // namespace edgewise::test
