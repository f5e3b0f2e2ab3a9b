#include "model/base/glob.h"

#include <vector>

namespace lockweave {

namespace {

// One element of a pattern: a literal, `?`, `*`, or a set such as `[!a-c]` with its brackets.
struct Element {
  std::string_view text;
  bool is_set() const { return text.size() > 1; }
  bool is_star() const { return text == "*"; }
  bool is_literal() const { return !is_set() && !is_star() && text != "?"; }

  bool matches(char c) const {
    if (is_set()) return set_contains(c);
    return text == "?" || text[0] == c;
  }

 private:
  bool set_contains(char c) const {
    std::string_view members = text.substr(1, text.size() - 2);
    const bool negated = members.front() == '!';
    if (negated) members.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i + 2 < members.size() && members[i + 1] == '-') {
        found = found || (members[i] <= c && c <= members[i + 2]);
        i += 2;
      } else {
        found = found || members[i] == c;
      }
    }
    return found != negated;
  }
};

// The length of the set that begins at `[`, or 1 if it is never closed (the bracket is then a literal, as in a shell).
std::size_t element_length(std::string_view rest) {
  if (rest.front() != '[') return 1;
  const std::size_t first_member = rest.size() > 1 && rest[1] == '!' ? 2 : 1;
  const std::size_t close = rest.find(']', first_member + 1);  // a `]` right at the start is a member
  return close == std::string_view::npos ? 1 : close + 1;
}

std::vector<Element> elements_of(std::string_view pattern) {
  std::vector<Element> elements;
  while (!pattern.empty()) {
    const std::size_t length = element_length(pattern);
    elements.push_back({pattern.substr(0, length)});
    pattern.remove_prefix(length);
  }
  return elements;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view name) {
  const auto elements = elements_of(pattern);
  std::size_t e = 0, n = 0;
  // Where the last `*` was and what it has eaten so far: on a mismatch it eats one more. No recursion needed.
  std::size_t star = elements.size(), eaten = 0;
  while (n < name.size()) {
    if (e < elements.size() && elements[e].is_star()) {
      star = e++;
      eaten = n;
    } else if (e < elements.size() && elements[e].matches(name[n])) {
      ++e;
      ++n;
    } else if (star < elements.size()) {
      e = star + 1;
      n = ++eaten;
    } else {
      return false;
    }
  }
  while (e < elements.size() && elements[e].is_star()) ++e;
  return e == elements.size();
}

bool has_wildcard(std::string_view pattern) { return literal_characters(pattern) != pattern.size(); }

std::size_t literal_characters(std::string_view pattern) {
  std::size_t count = 0;
  for (const auto& element : elements_of(pattern)) count += element.is_literal() ? 1 : 0;
  return count;
}

}  // namespace lockweave
