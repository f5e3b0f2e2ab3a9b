// `unserializable`: an outcome that no execution has in which threads inside an import are switched out only to wait.
#pragma once

#include <set>
#include <string>

namespace lockweave::property {

// The records of all reference executions (System::serial_record).
struct SerialReference {
  std::set<std::string> records;
  bool complete = false;  // else `unserializable` is not judged

  bool allows(const std::string& record) const { return records.contains(record); }
};

// What is said about an outcome without an equal: the record, and the one of the reference that is nearest to it.
std::string unserializable_message(const std::string& record, const SerialReference& reference);

}  // namespace lockweave::property
