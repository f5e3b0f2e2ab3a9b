#include "checker/property/data_race.h"

#include <fmt/format.h>

namespace lockweave::property {

bool DataRaceProperty::breaks(const Event& event) const {
  return event.kind == EventKind::DataRace;
}

std::string DataRaceProperty::message(const Event& event, Names& names) const {
  return fmt::format("a data race on {}", names.name(event.subject));
}

}  // namespace lockweave::property
