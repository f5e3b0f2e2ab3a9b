#include <doctest/doctest.h>

#include <map>

#include "checker/explore/state_store.h"
#include "model/base/random.h"

namespace lockweave::explore {

namespace {

StateWords random_words(Random& random, std::size_t longest, std::uint32_t values) {
  StateWords words(random.below(longest + 1));
  for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(random.below(values));
  return words;
}

StateWords words_of(const StateTree& tree) { return {tree.words().begin(), tree.words().end()}; }

struct NumberHash {
  std::uint64_t operator()(std::uint32_t) const { return 0; }  // every key collides with every other
};

}  // namespace

TEST_SUITE("checker/explore/state_store") {
  TEST_CASE("what is decoded is what was inserted, whatever state is said to be near") {
    for (const std::uint32_t values : {2u, 5u, 0xffffffffu}) {
      CAPTURE(values);
      Random random(values);
      StateStore store;
      std::map<StateWords, StateNumber> known;
      StateTree near;
      for (int i = 0; i < 3000; ++i) {
        const StateWords words = random_words(random, random.chance(1, 2) ? 9 : 130, values);
        const auto [state, is_new] = store.insert(words, near);
        const auto [entry, is_unknown] = known.try_emplace(words, state);
        CHECK(is_new == is_unknown);
        CHECK(entry->second == state);
        if (random.chance(1, 3)) store.decode(static_cast<StateNumber>(random.below(store.size())), near);
      }
      CHECK(store.size() == known.size());
      StateTree tree;
      for (const auto& [words, state] : known) {
        store.decode(state, tree);
        CHECK(words_of(tree) == words);
      }
    }
  }

  TEST_CASE("states of one length that differ in a few words keep their numbers apart") {
    Random random(7);
    StateStore store;
    std::map<StateWords, StateNumber> known;
    StateTree near;
    StateWords words(100, 3);
    for (int i = 0; i < 20000; ++i) {
      words[random.below(100)] = static_cast<std::uint32_t>(random.below(3));
      const auto [state, is_new] = store.insert(words, near);
      const auto [entry, is_unknown] = known.try_emplace(words, state);
      REQUIRE(is_new == is_unknown);
      REQUIRE(entry->second == state);
      store.decode(state, near);
      REQUIRE(words_of(near) == words);
    }
  }

  TEST_CASE("states are numbered in the order of insertion") {
    StateStore store;
    CHECK(store.insert(StateWords{}, {}).state == 0);
    CHECK(store.insert(StateWords{0}, {}).state == 1);
    CHECK(store.insert(StateWords{0, 0}, {}).state == 2);
    CHECK(store.insert(StateWords{0, 0, 0}, {}).state == 3);
    CHECK(store.insert(StateWords{0, 0}, {}).state == 2);
    CHECK_FALSE(store.insert(StateWords{}, {}).is_new);
  }

  TEST_CASE("a set whose keys all collide still tells them apart") {
    NumberedSet<std::uint32_t, NumberHash> set;
    for (std::uint32_t key = 0; key < 500; ++key) CHECK(set.insert(key * 7).number == key);
    for (std::uint32_t key = 0; key < 500; ++key) {
      CHECK_FALSE(set.insert(key * 7).is_new);
      CHECK(set.number_of(key * 7) == key);
      CHECK(set[key] == key * 7);
    }
  }

  TEST_CASE("the bytes counted grow with the states and stay below twelve for each") {
    StateStore store;
    StateTree near;
    const std::size_t empty = store.bytes();
    StateWords words(100, 1);
    constexpr std::size_t kSide = 60;
    std::size_t count = 0;
    for (std::uint32_t a = 0; a < kSide; ++a) {
      for (std::uint32_t b = 0; b < kSide; ++b) {
        for (std::uint32_t c = 0; c < kSide; ++c, ++count) {
          words[10] = a;
          words[50] = b;
          words[90] = c;
          store.decode(store.insert(words, near).state, near);
        }
      }
    }
    CHECK(store.size() == count);
    // An index entry has four bytes, a packed root at least the bits that its number of states needs.
    CHECK(store.bytes() > empty + count * 6);
    CHECK(store.bytes() < empty + count * 12);
    store.clear();
    CHECK(store.size() == 0);
    CHECK(store.bytes() < 10'000);
  }
}

}  // namespace lockweave::explore
