// What a step costs and what a state takes, on the scenario of the demo: docs/performance.md tells how to read it.
#include <benchmark/benchmark.h>

#include "checker/check.h"
#include "model/bytecode/compiler.h"
#include "model/machine.h"
#include "model/syntax/parser.h"

namespace lockweave {
namespace {

std::unique_ptr<Machine> load(const std::string& scenario_path, const std::string& design_name) {
  const auto scenario = scenario::load_scenario(scenario_path);
  const auto design = design::DesignCatalog().load(design_name);
  if (!scenario || !design) return nullptr;
  auto machine = Machine::load(*scenario, *design, {});
  return machine ? std::move(*machine) : nullptr;
}

constexpr const char* circular = LOCKWEAVE_SOURCE_DIR "/specs/scenarios/circular_import.txtar";

// A complete check, state stored and fingerprint included: steps a second and bytes a stored state.
void complete_check(benchmark::State& state, const char* design) {
  auto machine = load(circular, design);
  if (!machine) return state.SkipWithError("this design cannot be loaded here");
  CheckResult result;
  for (auto _ : state) result = check(*machine, {});
  state.counters["states"] = static_cast<double>(result.stats.states);
  state.counters["steps"] = static_cast<double>(result.stats.transitions);
  state.counters["steps/s"] = benchmark::Counter(static_cast<double>(result.stats.transitions), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["B/state"] = static_cast<double>(result.stats.peak_bytes) / static_cast<double>(std::max<std::uint64_t>(1, result.stats.states));
}

// Lex, parse, compile and run everything that is there before main.py begins.
void load_machine(benchmark::State& state, const char* design) {
  for (auto _ : state) {
    if (!load(circular, design)) return state.SkipWithError("this design cannot be loaded here");
  }
}

// Lex, parse and compile an installed importlib.
void compile_importlib(benchmark::State& state, const char* design_name) {
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return state.SkipWithError("this design cannot be loaded here");
  const auto file = std::make_shared<const SourceFile>(design->importlib);
  for (auto _ : state) {
    const auto module = syntax::parse(*file);
    benchmark::DoNotOptimize(bytecode::compile(*module, file, {}));
  }
}

BENCHMARK_CAPTURE(complete_check, no_lock, "no-lock")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_check, textbook, "textbook")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_check, cpython_3_12, "cpython-3.12")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_check, cpython_3_8, "cpython-3.8")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(compile_importlib, cpython_3_12, "cpython-3.12")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_machine, cpython_3_12, "cpython-3.12")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lockweave

BENCHMARK_MAIN();
