// What CPython's standard library has and the machine has not: to use it is an error about the subset, not Python's.
#include <charconv>
#include <map>
#include <string>

#include "model/base/embedded.h"
#include "model/vm/modules.h"

namespace lockweave::vm {
namespace {

struct Versions {
  int since = 0;
  int until = 99;
};
using NameTable = std::map<std::string, std::map<std::string, Versions, std::less<>>, std::less<>>;

std::string_view next_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t end = std::min(text.find(' ', begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

// "7", "-7", "7-9", "9-": minor versions of Python 3.
Versions versions_of(std::string_view text) {
  Versions versions;
  if (text.empty()) return versions;
  const std::size_t dash = std::min(text.find('-'), text.size());
  (void)std::from_chars(text.data(), text.data() + dash, versions.since);
  if (dash == text.size()) versions.until = versions.since;
  else (void)std::from_chars(text.data() + dash + 1, text.data() + text.size(), versions.until);
  return versions;
}

// Lines of "MODULE [VERSIONS]: NAME ..."; the module "-" lists modules.
NameTable read_table() {
  NameTable names;
  std::string_view text = embedded_file("model/library/not_modelled.txt").value_or("");
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t colon = line.find(':');
    if (line.starts_with('#') || colon == std::string_view::npos) continue;
    std::string_view head = line.substr(0, colon);
    line.remove_prefix(colon + 1);
    const std::string_view module = next_word(head);
    const Versions versions = versions_of(next_word(head));
    auto& of_module = names[module == "-" ? std::string() : std::string(module)];
    for (std::string_view name = next_word(line); !name.empty(); name = next_word(line)) of_module[std::string(name)] = versions;
  }
  return names;
}

}  // namespace

bool is_not_modelled(Vm& vm, std::string_view module, std::string_view name) {
  static const NameTable names = read_table();
  const auto of_module = names.find(module);
  if (of_module == names.end()) return false;
  const auto found = of_module->second.find(name);
  return found != of_module->second.end() && vm.version_at_least(3, found->second.since) && !vm.version_at_least(3, found->second.until + 1);
}

}  // namespace lockweave::vm
