#include "model/state/interrupt.h"

#include <doctest/doctest.h>

#include <vector>

#include "model/base/random.h"

namespace lockweave::state {

TEST_SUITE("model/state/interrupt") {
  TEST_CASE("what is pending is what was added and has not been taken out, in the order of adding") {
    Random random(3);
    for (int round = 0; round < 200; ++round) {
      PendingInterrupts pending{Value()};
      std::vector<InterruptKind> expected;
      for (int i = 0; i < 40; ++i) {
        if (expected.size() < PendingInterrupts::most && (expected.empty() || random.chance(2, 3))) {
          const auto kind = static_cast<InterruptKind>(random.below(3));
          pending.add(kind);
          expected.push_back(kind);
        } else {
          const auto which = static_cast<std::uint32_t>(random.below(expected.size()));
          pending.remove(which);
          expected.erase(expected.begin() + which);
        }
        const PendingInterrupts kept{pending.value()};
        REQUIRE(kept.count() == expected.size());
        for (std::uint32_t which = 0; which < kept.count(); ++which) CHECK(kept.kind(which) == expected[which]);
        CHECK(kept.value().is_unset() == expected.empty());
      }
    }
  }

  TEST_CASE("a signal comes into a wait, a finaliser and an asynchronous exception do not") {
    PendingInterrupts pending{Value()};
    for (const InterruptKind kind : {InterruptKind::AsyncException, InterruptKind::Signal, InterruptKind::Finalizer}) pending.add(kind);
    const auto coming = [&](ThreadStatus status, Value points, bool is_in_blocking_call) {
      std::vector<std::uint32_t> which;
      InterruptsOfThread{pending.value(), points, status, is_in_blocking_call}.for_each([&](std::uint32_t one) { which.push_back(one); });
      return which;
    };
    using Which = std::vector<std::uint32_t>;
    CHECK(coming(ThreadStatus::Lock, Value(), true) == Which{1});
    CHECK(coming(ThreadStatus::Lock, Value(), false).empty());
    CHECK(coming(ThreadStatus::GotLock, Value(), true).empty());
    CHECK(coming(ThreadStatus::Ready, Value(), true).empty());
    CHECK(coming(ThreadStatus::Ready, Value::small_int(eval_breaker), false) == Which{0, 1});
    CHECK(coming(ThreadStatus::Ready, Value::small_int(collection), false) == Which{2});
    CHECK(coming(ThreadStatus::Ready, Value::small_int(eval_breaker | collection), false) == Which{0, 1, 2});
  }

  TEST_CASE("where only interrupts can happen it can also be that none comes") {
    PendingInterrupts pending{Value()};
    pending.add(InterruptKind::Signal);
    pending.add(InterruptKind::Signal);
    std::vector<Choice> choices{{0, ChoiceKind::Interrupt, 0}, {0, ChoiceKind::Interrupt, 1}};
    add_that_none_comes(choices, [&](ThreadNumber) { return pending.value(); });
    CHECK(choices == std::vector<Choice>{{0, ChoiceKind::Interrupt, 0}, {0, ChoiceKind::Interrupt, 1}, {0, ChoiceKind::Interrupt, 2}});
    std::vector<Choice> others{{0, ChoiceKind::Interrupt, 0}, {1, ChoiceKind::Run, 0}};
    add_that_none_comes(others, [&](ThreadNumber) { return pending.value(); });
    CHECK(others.size() == 2);
  }
}

}  // namespace lockweave::state
