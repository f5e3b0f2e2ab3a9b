// The state store alone: 100-word states of which each differs from its parent in three words.
// Build and run: cmake --build build --target state_store_bench && build/state_store_bench
#include <benchmark/benchmark.h>

#include "checker/explore/state_store.h"
#include "model/base/random.h"

namespace {

using lockweave::Random;
using lockweave::StateWords;
using lockweave::explore::StateStore;
using lockweave::explore::StateTree;

// Of a machine's words most never change after the first steps (code, names, modules long complete); a dozen take a few
// values each, as the number of an interned part does. Nothing else is alike in these states: real ones share more.
void change_three_words(StateWords& words, Random& random) {
  for (int i = 0; i < 3; ++i) words[random.below(12) * 8 + 3] = static_cast<std::uint32_t>(random.below(20));
}

void insert_neighbours(benchmark::State& bench) {
  const auto count = static_cast<std::uint64_t>(bench.range(0));
  for (auto _ : bench) {
    StateStore store;
    StateTree near;
    Random random(1);
    StateWords words(100, 1);
    store.insert(words, near);
    for (std::uint64_t i = 0; i < count; ++i) {
      // A parent some way back, as in breadth-first order, then a child of it.
      if (i % 3 == 0) store.decode(static_cast<std::uint32_t>(store.size() - 1 - store.size() / 16), near);
      words.assign(near.words().begin(), near.words().end());
      change_three_words(words, random);
      benchmark::DoNotOptimize(store.insert(words, near));
    }
    bench.counters["bytes/state"] = static_cast<double>(store.bytes()) / static_cast<double>(store.size());
  }
  bench.SetItemsProcessed(bench.iterations() * bench.range(0));
}
BENCHMARK(insert_neighbours)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// Rows of seven numbers, as the machine's states are: one changes by a step, two of them often. Ten million of them take some seconds.
void insert_rows_of_sections(benchmark::State& bench) {
  const auto count = static_cast<std::uint64_t>(bench.range(0));
  for (auto _ : bench) {
    StateStore store;
    StateTree near;
    Random random(1);
    StateWords words(7, 1);
    store.insert(words, near);
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i % 3 == 0) store.decode(static_cast<std::uint32_t>(store.size() - 1 - store.size() / 16), near);
      words.assign(near.words().begin(), near.words().end());
      words[1] = static_cast<std::uint32_t>(random.below(400));
      words[2 + random.below(4)] = static_cast<std::uint32_t>(random.below(400));
      benchmark::DoNotOptimize(store.insert(words, near));
    }
    bench.counters["bytes/state"] = static_cast<double>(store.bytes()) / static_cast<double>(store.size());
    bench.counters["states"] = static_cast<double>(store.size());
  }
  bench.SetItemsProcessed(bench.iterations() * bench.range(0));
}
BENCHMARK(insert_rows_of_sections)->Arg(1'000'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
