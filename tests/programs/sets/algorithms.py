def unique(items):
    seen = set()
    return [x for x in items if not (x in seen or seen.add(x))]
print(unique([3, 1, 3, 2, 1]), unique('mississippi'))
graph = {1: {2, 3}, 2: {4}, 3: {4}, 4: set(), 5: {1}}
def reach(n):
    todo, seen = {n}, set()
    while todo:
        m = todo.pop()
        if m not in seen:
            seen.add(m)
            todo |= graph[m] - seen
    return sorted(seen)
print(reach(1), reach(5), reach(4))
print(sorted(set(range(10)) - {x for x in range(10) if x % 3}), len({(x, y) for x in range(3) for y in range(3) if x <= y}))
a, b = set('hello'), set('world')
print(sorted(a & b), sorted(a - b), sorted(a ^ b), len(a | b))
s = {1, 2, 3}
try:
    for x in s: s.add(x + 10)
except RuntimeError as e:
    print(e)
def powerset(s):
    result = [frozenset()]
    for x in sorted(s):
        result += [r | {x} for r in result]
    return result
print([sorted(p) for p in powerset({1, 2, 3})])
# expect: [3, 1, 2] ['m', 'i', 's', 'p']
# expect: [1, 2, 3, 4] [1, 2, 3, 4, 5] [4]
# expect: [0, 3, 6, 9] 6
# expect: ['l', 'o'] ['e', 'h'] ['d', 'e', 'h', 'r', 'w'] 7
# expect: Set changed size during iteration
# expect: [[], [1], [2], [1, 2], [3], [1, 3], [2, 3], [1, 2, 3]]
