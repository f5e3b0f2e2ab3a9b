// The exhaustive search on a system whose steps cost next to nothing: what the checker itself costs a transition.
// Build and run: cmake --build build --target explorer_bench && build/explorer_bench
#include <benchmark/benchmark.h>

#include "checker/explore/explorer.h"
#include "tests/support/toy_program.h"

namespace {

using namespace lockweave;

// Five counters to `range` in states of about 100 words.
void explore_counters(benchmark::State& bench) {
  testing::ToyProgram system = testing::counters(5, static_cast<std::uint32_t>(bench.range(0)), 70);
  std::uint64_t transitions = 0;
  for (auto _ : bench) {
    const auto result = explore::make_explorer(explore::Strategy::Exhaustive, {})->explore(system);
    transitions += result.stats.transitions;
    bench.counters["bytes/state"] = static_cast<double>(result.stats.peak_bytes) / static_cast<double>(result.stats.states);
    bench.counters["states"] = static_cast<double>(result.stats.states);
  }
  bench.SetItemsProcessed(static_cast<std::int64_t>(transitions));
}
BENCHMARK(explore_counters)->Arg(5)->Arg(10)->Arg(15)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
