// Which files of a scenario stand for C code.
#include "model/scenario/scenario.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace lockweave::scenario {
namespace {

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word_character(text[at - 1]);
    const bool ends = at + word.size() >= text.size() || !is_word_character(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

// At top level: `import capi`, `import lockweave, capi`, `from capi import ...`.
bool imports_capi(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    if (line.starts_with("from capi import ")) return true;
    if (line.starts_with("import ") && has_word(line, "capi")) return true;
  }
  return false;
}

}  // namespace

bool ScenarioFile::is_extension() const { return name.ends_with(extension_suffix); }

bool ScenarioFile::is_c() const { return is_extension() || (name.ends_with(".py") && imports_capi(text)); }

// An extension module is C code that the machine's own GIL can run, as long as it neither makes threads nor deals in thread states.
bool Scenario::meets_thread_states() const {
  const auto has_any = [](const std::string& text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return has_word(text, word); });
  };
  return std::ranges::any_of(files, [&](const ScenarioFile& file) {
    if (!file.name.ends_with(".py")) return false;
    if (!file.is_extension()) return file.is_c() || has_word(file.text, "native_thread");
    return has_any(file.text, {"native_thread", "PyThread_start_new_thread", "PyGILState_Ensure", "PyGILState_Release", "PyGILState_GetThisThreadState", "PyEval_InitThreads",
                               "PyEval_AcquireThread", "PyEval_ReleaseThread", "PyThreadState_New", "PyThreadState_Get", "PyThreadState_Swap", "PyThreadState_Clear",
                               "PyThreadState_Delete", "PyThreadState_DeleteCurrent", "Py_FinalizeEx"});
  });
}

bool Scenario::has_extensions() const { return std::ranges::any_of(files, &ScenarioFile::is_extension); }

// Each has its place in the world before the program runs, so it is said how many there may be: as many as the files say `Interpreter(` and `create(`, or two, for
// one that says so in a loop.
std::uint64_t Scenario::further_interpreters() const {
  const auto says = [&](std::string_view word) { return std::ranges::any_of(files, [&](const ScenarioFile& file) { return has_word(file.text, word); }); };
  if (!says("Interpreter") && !says("_interpreters") && !says("_xxsubinterpreters")) return 0;
  if (bounds.interpreters) return *bounds.interpreters;
  std::uint64_t calls = 0;
  for (const ScenarioFile& file : files) {
    for (const std::string_view call : {std::string_view("Interpreter("), std::string_view("create(")}) {
      for (std::size_t at = file.text.find(call); at != std::string::npos; at = file.text.find(call, at + 1)) ++calls;
    }
  }
  return std::clamp<std::uint64_t>(calls, 2, 8);
}

// Somewhere a thread runs without the GIL, or waits without letting go of it.
bool Scenario::leaves_gil_in_c() const {
  return std::ranges::any_of(files, [](const ScenarioFile& file) {
    return file.is_extension() && std::ranges::any_of(std::array<std::string_view, 5>{"PyEval_SaveThread", "Mutex", "Cond", "PyThread_acquire_lock", "wait"},
                                                      [&](std::string_view word) { return has_word(file.text, word); });
  });
}

}  // namespace lockweave::scenario
