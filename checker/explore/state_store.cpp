#include "checker/explore/state_store.h"

#include <algorithm>
#include <cstring>

#include "model/base/check.h"

namespace lockweave::explore {

void StateTree::set_length(std::size_t word_count) {
  word_count_ = word_count;
  levels_.clear();
  std::size_t size = word_count;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t pairs = std::max<std::size_t>((size + 1) / 2, 1);
    levels_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(pairs)});
    begin += 2 * pairs;
    if (pairs <= 2) break;
    size = pairs;
  }
  cells_.assign(begin, 0);
}

std::uint32_t StateStore::number_of(Pair pair) {
  if (pair.left == 0 && pair.right == 0) return 0;
  return nodes_.insert(pair).number + 1;
}

StateStore::Inserted StateStore::insert(std::span<const std::uint32_t> words, const StateTree& near) {
  return insert(prepare(words, near));
}

StateStore::Prepared StateStore::prepare(std::span<const std::uint32_t> words, const StateTree& near) {
  if (words.size() != near.word_count_ || near.levels_.empty()) {
    prepare_other_length(words, near);
  } else {
    if (scratch_.word_count_ != near.word_count_ || scratch_.levels_.empty()) scratch_.set_length(words.size());
    std::memcpy(scratch_.cells_.data(), near.cells_.data(), near.cells_.size() * sizeof(std::uint32_t));
    prepare_changed(words);
  }
  const StateTree::Level& top = scratch_.levels_.back();
  Prepared prepared;
  std::copy_n(scratch_.cells_.data() + top.begin, 2 * top.pairs, prepared.root_.begin());
  prepared.root_[kLength] = static_cast<std::uint32_t>(scratch_.word_count_);
  prepared.hash_ = hash_of(prepared.root_);
  root_index_.prefetch(prepared.hash_);
  return prepared;
}

void StateStore::touch(const Prepared& prepared) const {
  if (const StateNumber other = root_index_.candidate(prepared.hash_); other != HashIndex::kNone) roots_.prefetch(other);
}

StateStore::Inserted StateStore::insert(const Prepared& prepared) {
  const auto next = static_cast<StateNumber>(roots_.size());
  LOCKWEAVE_CHECK(next < 0xfffffffeu, "the state store has no numbers left");
  const StateNumber state = root_index_.find_or_add(
      prepared.hash_, next, [&](StateNumber other) { return roots_[other] == prepared.root_; },
      [&](StateNumber other) { return hash_of(roots_[other]); }, [&](StateNumber other) { roots_.prefetch(other); });
  if (state == next) roots_.push_back(prepared.root_);
  return {state, state == next};
}

// scratch_ is the near state's tree, of the same length: only the way up from the words that differ is new.
void StateStore::prepare_changed(std::span<const std::uint32_t> words) {
  constexpr std::size_t kBlock = 8;
  changed_.clear();
  std::uint32_t* cells = scratch_.cells_.data();
  const auto compare = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (cells[i] == words[i]) continue;
      cells[i] = words[i];
      const auto pair = static_cast<std::uint32_t>(i / 2);
      if (changed_.empty() || changed_.back() != pair) changed_.push_back(pair);
    }
  };
  std::size_t begin = 0;
  for (; begin + kBlock <= words.size(); begin += kBlock) {
    if (std::memcmp(cells + begin, words.data() + begin, kBlock * sizeof(std::uint32_t)) != 0) compare(begin, begin + kBlock);
  }
  compare(begin, words.size());

  for (std::size_t level = 0; level + 1 < scratch_.levels_.size() && !changed_.empty(); ++level) {
    const std::uint32_t* pairs = cells + scratch_.levels_[level].begin;
    std::uint32_t* above = cells + scratch_.levels_[level + 1].begin;
    std::size_t kept = 0;
    for (const std::uint32_t pair : changed_) {
      const std::uint32_t number = number_of({pairs[2 * pair], pairs[2 * pair + 1]});
      if (above[pair] == number) continue;
      above[pair] = number;
      if (kept == 0 || changed_[kept - 1] != pair / 2) changed_[kept++] = pair / 2;
    }
    changed_.resize(kept);
  }
}

// Another length than the near state's: pairs at the same place with the same content still have the same number.
void StateStore::prepare_other_length(std::span<const std::uint32_t> words, const StateTree& near) {
  scratch_.set_length(words.size());
  std::uint32_t* cells = scratch_.cells_.data();
  std::copy(words.begin(), words.end(), cells);
  for (std::size_t level = 0; level + 1 < scratch_.levels_.size(); ++level) {
    const std::uint32_t* pairs = cells + scratch_.levels_[level].begin;
    std::uint32_t* above = cells + scratch_.levels_[level + 1].begin;
    const bool has_near = level + 1 < near.levels_.size();
    const std::size_t near_pairs = has_near ? near.levels_[level].pairs : 0;
    const std::uint32_t* old_pairs = has_near ? near.cells_.data() + near.levels_[level].begin : nullptr;
    const std::uint32_t* old_above = has_near ? near.cells_.data() + near.levels_[level + 1].begin : nullptr;
    for (std::size_t pair = 0; pair < scratch_.levels_[level].pairs; ++pair) {
      const bool same = pair < near_pairs && std::memcmp(pairs + 2 * pair, old_pairs + 2 * pair, 8) == 0;
      above[pair] = same ? old_above[pair] : number_of({pairs[2 * pair], pairs[2 * pair + 1]});
    }
  }
}

void StateStore::decode(StateNumber state, StateTree& tree) const {
  const Root root = roots_[state];
  if (tree.levels_.empty() || tree.word_count_ != root[kLength]) {
    decode_whole(root, tree);
  } else {
    decode_changes(root, tree);
  }
}

void StateStore::decode_whole(const Root& root, StateTree& tree) const {
  tree.set_length(root[kLength]);
  // All cells are 0 now, and 0 is the number of a subtree of zeros: a tree that is right but for its root.
  decode_changes(root, tree);
}

void StateStore::decode_changes(const Root& root, StateTree& tree) const {
  const std::size_t top = tree.levels_.size() - 1;
  std::uint32_t* cells = tree.cells_.data() + tree.levels_[top].begin;
  for (std::size_t place = 0; place < 2 * tree.levels_[top].pairs; ++place) {
    if (cells[place] == root[place]) continue;
    cells[place] = root[place];
    if (top > 0) decode_pair(tree, top - 1, place, root[place]);
  }
}

// The pair at `pair` of that level becomes what `number` stands for; below, only what differs is visited.
void StateStore::decode_pair(StateTree& tree, std::size_t level, std::size_t pair, std::uint32_t number) const {
  const Pair content = number == 0 ? Pair{} : nodes_[number - 1];
  std::uint32_t* cells = tree.cells_.data() + tree.levels_[level].begin + 2 * pair;
  const std::uint32_t numbers[2] = {content.left, content.right};
  for (std::size_t side = 0; side < 2; ++side) {
    if (cells[side] == numbers[side]) continue;
    cells[side] = numbers[side];
    if (level > 0) decode_pair(tree, level - 1, 2 * pair + side, numbers[side]);
  }
}

void StateStore::clear() {
  nodes_.clear();
  roots_.clear();
  root_index_.clear();
}

std::size_t StateStore::scratch_bytes() const {
  return scratch_.cells_.capacity() * sizeof(std::uint32_t) + scratch_.levels_.capacity() * sizeof(StateTree::Level) +
         changed_.capacity() * sizeof(std::uint32_t);
}

}  // namespace lockweave::explore
