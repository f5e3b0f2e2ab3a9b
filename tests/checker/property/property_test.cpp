#include <doctest/doctest.h>

#include "checker/property/deadlock.h"
#include "checker/property/property.h"
#include "checker/property/serializability.h"
#include "checker/property/wait_graph.h"

namespace lockweave::property {

namespace {

using enum EventKind;

class PlainNames final : public Names {
 public:
  std::string name(std::uint32_t name) override { return "n" + std::to_string(name); }
  std::string thread(ThreadNumber thread) override { return "T" + std::to_string(thread); }
};

PropertySet everything() {
  PropertySet all;
  for (const PropertyWord word : all_properties) all.add(word);
  return all;
}

PropertySet broken_by(EventKind kind, std::uint32_t flags = 0) {
  return Judge(everything()).broken_by({Event{kind, 1, 2, 3, flags}});
}

Waiting lock_wait(ThreadNumber thread, ThreadNumber owner) { return {thread, WaitKind::Lock, false, true, owner, {}}; }

}  // namespace

TEST_SUITE("checker/property") {
  TEST_CASE("an exception is an assertion only if an assert of the scenario raised it") {
    CHECK(broken_by(UncaughtException) == PropertySet{PropertyWord::Exception});
    CHECK(broken_by(UncaughtException, ScenarioAssert) == PropertySet{PropertyWord::Assertion});
  }

  TEST_CASE("a module may be initialised again only if the scenario asked for it, and never twice at once") {
    CHECK(broken_by(InitialisationStarted).empty());
    CHECK(broken_by(InitialisationStarted, Excused).empty());
    CHECK(broken_by(InitialisationStarted, EarlierSucceeded | Excused).empty());
    CHECK(broken_by(InitialisationStarted, EarlierSucceeded) == PropertySet{PropertyWord::DuplicateInit});
    CHECK(broken_by(InitialisationStarted, EarlierRuns) == PropertySet{PropertyWord::DuplicateInit});
    CHECK(broken_by(InitialisationStarted, EarlierRuns | Excused) == PropertySet{PropertyWord::DuplicateInit});
  }

  TEST_CASE("what an import returned is judged by each of its flags") {
    CHECK(broken_by(ImportReturned).empty());
    CHECK(broken_by(ImportReturned, Partial) == PropertySet{PropertyWord::PartialModule});
    CHECK(broken_by(ImportReturned, Partial | InWaitCycle) == PropertySet{PropertyWord::PartialModuleCycle});
    CHECK(broken_by(ImportReturned, Stale | SecondObject) == PropertySet{PropertyWord::StaleModule, PropertyWord::DuplicateModule});
    CHECK(broken_by(ImportReturned, Reloading) == PropertySet{PropertyWord::PartialReload});
  }

  TEST_CASE("the other events break the property of their name") {
    CHECK(broken_by(ParentUnbound) == PropertySet{PropertyWord::ParentUnbound});
    CHECK(broken_by(ChildBeforeParent) == PropertySet{PropertyWord::ChildBeforeParent});
    CHECK(broken_by(LockLeaked) == PropertySet{PropertyWord::LockLeak});
    CHECK(broken_by(InvariantBroken) == PropertySet{PropertyWord::Invariant});
    CHECK(broken_by(FatalError) == PropertySet{PropertyWord::FatalError});
    CHECK(broken_by(NativeInitialisedTwice) == PropertySet{PropertyWord::DuplicateNativeInit});
    CHECK(broken_by(DataRace) == PropertySet{PropertyWord::DataRace});
    CHECK(broken_by(InitialisationEnded, Failed).empty());
    CHECK(broken_by(SometimesReached).empty());
  }

  TEST_CASE("what was not asked for is not judged") {
    const Judge judge(PropertySet::defaults());
    CHECK(judge.broken_by({Event{ImportReturned, 0, 0, 0, Partial | InWaitCycle}}).empty());
    CHECK(judge.broken_by({Event{ImportReturned, 0, 0, 0, Partial}}) == PropertySet{PropertyWord::PartialModule});
  }

  TEST_CASE("a message names the thread and the module") {
    PlainNames names;
    const auto told = Judge(everything()).explain({Event{InitialisationStarted, 1, 2, 0, EarlierRuns}}, names);
    REQUIRE(told.size() == 1);
    CHECK(told[0].message == "T1 initialises module 'n2' while an earlier initialisation of it is still running");
  }

  TEST_CASE("a cycle of waits is found whoever else waits for it") {
    CHECK(find_wait_cycle({}).empty());
    CHECK(find_wait_cycle({lock_wait(0, 1), lock_wait(1, 2)}).empty());
    CHECK(find_wait_cycle({lock_wait(0, 2), lock_wait(1, 2), lock_wait(2, 1)}) == std::vector<ThreadNumber>{1, 2});
    CHECK(find_wait_cycle({lock_wait(3, 3)}) == std::vector<ThreadNumber>{3});
    CHECK(find_wait_cycle({lock_wait(0, 1), lock_wait(1, 0), lock_wait(2, 3), lock_wait(3, 2)}) == std::vector<ThreadNumber>{0, 1});
  }

  TEST_CASE("a timed wait, or one for what nobody holds, closes no cycle") {
    Waiting timed = lock_wait(1, 0);
    timed.timed = true;
    CHECK(find_wait_cycle({lock_wait(0, 1), timed}).empty());
    Waiting free = lock_wait(1, 0);
    free.has_owner = false;
    CHECK(find_wait_cycle({lock_wait(0, 1), free}).empty());
  }

  TEST_CASE("the end of a program is no deadlock") {
    CHECK_FALSE(is_deadlock({false, false, {}}));
    CHECK(is_deadlock({false, true, {}}));
    CHECK(is_deadlock({true, true, {lock_wait(0, 1), lock_wait(1, 0)}}));
  }

  TEST_CASE("an outcome without an equal is shown beside the nearest one") {
    const SerialReference reference{{"a\nb\nc\n", "x\ny\nz\n"}, true};
    CHECK(reference.allows("a\nb\nc\n"));
    const std::string text = unserializable_message("a\nb\nd\n", reference);
    CHECK(text.find("    d") != std::string::npos);
    CHECK(text.find("    c") != std::string::npos);
    CHECK(text.find("    z") == std::string::npos);
  }
}

}  // namespace lockweave::property
