// What random programs are made of: the suite says nothing about what they leave out.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/random_program.h"

namespace lockweave {
namespace {

std::vector<std::string> programs(const testing::RandomProgramOptions& options) {
  std::vector<std::string> all;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) all.push_back(testing::random_program(seed, options));
  return all;
}

}  // namespace

TEST_CASE("random programs have all that the suite is about") {
  for (const bool is_small : {false, true}) {
    CAPTURE(is_small);
    const std::vector<std::string> all = programs({.weak_references = false, .small = is_small});
    for (const char* part : {
             R"(\bglobal x)", R"(\bd\['k'\] = )", R"(\bd\.)", R"(\bl\.append)", R"(\bs\.add)",
             R"(with a:)", R"(\ba\.acquire\(\))", R"(acquire\(False\))", R"(acquire\(timeout=1\))", R"(\ba\.release\(\))", R"(\ba\.locked\(\))",
             R"(_thread\.allocate_lock)", R"(threading\.RLock\(\))", R"(threading\.Semaphore\()", R"(threading\.BoundedSemaphore\()", R"(threading\.Event\(\))",
             R"(threading\.Barrier\(2\))", R"(queue\.Queue\(1\))", R"(threading\.local\(\))",
             R"(c\.wait\(\))", R"(c\.wait\(1\))", R"(c\.notify\(\))", R"(c\.notify_all\(\))", R"(while not x:)",
             R"(import m\b)", R"(from p import)", R"(import p\.q)", R"(-- bad\.py --)", R"(import_module)", R"(reload)", R"(sys\.modules)",
             R"(\braise )", R"(\bassert )", R"(except )", R"(finally:)", R"(sys\.exit\(\))",
             R"(lockweave\.choose)", R"(lockweave\.io)", R"(lockweave\.always)", R"(lockweave\.sometimes)",
             R"(class Thing)", R"(yield)", R"(nonlocal)", R"(daemon=True)", R"(    t[123]\.start\(\))",
             R"(target=thread_1)", R"(target=thread_2)", R"(target=thread_3)", R"(def thread_0\(n\))",
         }) {
      CAPTURE(std::string(part));
      const std::regex pattern(part);
      CHECK(std::ranges::count_if(all, [&](const std::string& text) { return std::regex_search(text, pattern); }) >= 10);
    }
  }
}

}  // namespace lockweave
