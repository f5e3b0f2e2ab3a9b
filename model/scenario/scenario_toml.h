// scenario.toml: what a scenario's author says about it. Used by scenario.cpp.
#pragma once

#include "model/base/result.h"
#include "model/scenario/scenario.h"

namespace lockweave::scenario {

// Fills title, reference, designs, properties, bounds and expectations. Every unknown key, property or value is an error.
Result<void> apply_settings(const SourceFile& settings, Scenario& scenario);

}  // namespace lockweave::scenario
