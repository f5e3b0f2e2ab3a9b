#include <doctest/doctest.h>

#include <vector>

#include "checker/explore/edge_log.h"
#include "checker/explore/expansion_order.h"
#include "checker/explore/hash_index.h"
#include "checker/explore/packed_rows.h"
#include "model/base/random.h"

namespace lockweave::explore {

namespace {

using Arrows = std::vector<EdgeLog::Arrow>;

Arrows read(const EdgeLog& log, std::uint32_t record) {
  Arrows arrows;
  log.for_each(record, [&](const EdgeLog::Arrow& arrow) {
    arrows.push_back(arrow);
    return true;
  });
  return arrows;
}

}  // namespace

TEST_SUITE("checker/explore/edge_log") {
  TEST_CASE("records are read back as they were added, in any order, and know which states were new in them") {
    Random random(3);
    EdgeLog log;
    std::vector<Arrows> records;
    std::vector<std::uint32_t> found_by{0};  // by state; the initial one by none
    std::uint32_t known = 1;
    std::uint32_t number = 0;
    for (std::uint32_t record = 0; record < 3000; ++record) {
      Arrows arrows;
      const std::uint32_t before = known;
      // Some have none, one has very many: a `choose` of a great number.
      const std::uint64_t count = record == 1500 ? 100'000 : random.below(6);
      for (std::uint64_t i = 0; i < count; ++i) {
        const bool is_new = random.chance(1, 2);
        const std::uint32_t label = static_cast<std::uint32_t>(random.below(random.chance(1, 4) ? 100'000 : 70));
        arrows.push_back({is_new ? known++ : static_cast<std::uint32_t>(random.below(known)), label, number++});
        if (is_new) found_by.push_back(record);
      }
      log.add(arrows, before);
      records.push_back(arrows);
    }
    CHECK(log.record_count() == records.size());
    CHECK(log.arrow_count() == number);
    for (int i = 0; i < 5000; ++i) {
      const auto record = static_cast<std::uint32_t>(random.below(records.size()));
      const Arrows arrows = read(log, record);
      REQUIRE(arrows.size() == records[record].size());
      for (std::size_t a = 0; a < arrows.size(); ++a) {
        REQUIRE(arrows[a].target == records[record][a].target);
        REQUIRE(arrows[a].label == records[record][a].label);
        REQUIRE(arrows[a].number == records[record][a].number);
      }
      const auto state = static_cast<std::uint32_t>(1 + random.below(known - 1));
      REQUIRE(log.record_with_new(state) == found_by[state]);
    }
    log.clear();
    CHECK(log.bytes() < 1000);
  }

  TEST_CASE("an order of expansion is kept whether it is that of the numbers or not") {
    for (const std::uint32_t first_odd : {0u, 40u, 1000u}) {
      CAPTURE(first_odd);
      ExpansionOrder order;
      std::vector<std::uint32_t> states;
      for (std::uint32_t i = 0; i < 500; ++i) states.push_back(i < first_odd ? i : first_odd + (i - first_odd) * 7);
      for (const std::uint32_t state : states) order.add(state);
      for (std::uint32_t record = 0; record < states.size(); ++record) {
        CHECK(order.state_of(record) == states[record]);
        CHECK(order.record_of(states[record]) == record);
      }
      CHECK(order.record_of(100'000) == ExpansionOrder::kNone);
      CHECK(order.record_of(states.back() + 1) == ExpansionOrder::kNone);
    }
  }
}

TEST_SUITE("checker/explore/packed_rows") {
  TEST_CASE("rows are read back whatever their columns hold: nothing, everything, one value") {
    Random random(5);
    PackedRows<4> rows;
    std::vector<PackedRows<4>::Row> expected;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
      const auto wild = static_cast<std::uint32_t>(random.next());
      const PackedRows<4>::Row row{i, 77, wild, i / 5000 % 2 == 0 ? 0xffffffffu : static_cast<std::uint32_t>(random.below(2))};
      rows.push_back(row);
      expected.push_back(row);
    }
    REQUIRE(rows.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) REQUIRE(rows[i] == expected[i]);
    CHECK(rows.bytes() < expected.size() * 11);
  }
}

TEST_SUITE("checker/explore/hash_index") {
  TEST_CASE("numbers are found again while the index grows, and others are not") {
    HashIndex index;
    std::vector<std::uint64_t> hashes;
    Random random(9);
    const auto hash_of = [&](std::uint32_t number) { return hashes[number]; };
    for (std::uint32_t i = 0; i < 200'000; ++i) {
      const std::uint64_t hash = random.next();
      const auto found = index.find_or_add(hash, i, [&](std::uint32_t other) { return hashes[other] == hash; }, hash_of, [](std::uint32_t) {});
      REQUIRE(found == i);
      hashes.push_back(hash);
    }
    for (std::uint32_t i = 0; i < hashes.size(); ++i) {
      REQUIRE(index.find(hashes[i], [&](std::uint32_t other) { return hashes[other] == hashes[i]; }) == i);
      const std::uint64_t other_hash = random.next();
      REQUIRE(index.find(other_hash, [&](std::uint32_t other) { return hashes[other] == other_hash; }) == HashIndex::kNone);
    }
    CHECK(index.bytes() < hashes.size() * 6);
  }
}

}  // namespace lockweave::explore
