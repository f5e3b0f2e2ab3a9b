l = [3, 1, 2]
l.append(5); print(l)
l.extend((7, 8)); l.extend('a'); print(l)
l.insert(0, 'first'); l.insert(-1, 'x'); l.insert(100, 'end'); print(l)
print(l.pop(), l.pop(0), l.pop(-2), l)
l.remove('a') if 'a' in l else None
print(l, l.index(2), l.count(7), [1, 1, 2].count(1), l.index(7, 2))
l.reverse(); print(l)
m = l.copy(); m.clear(); print(m, len(l))
print(l + [1], [0] * 3, [[]] * 2, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] == [], [1] != [2])
print([1, 2] is [1, 2], l.append(0), l.sort, 3) if False else print(l.append(0))
for bad in (lambda: l.remove('zz'), lambda: l.index('zz'), lambda: l[99], lambda: [].pop(), lambda: l.pop(99)):
    try:
        bad()
    except (ValueError, IndexError) as e:
        print(type(e).__name__)
# expect: [3, 1, 2, 5]
# expect: [3, 1, 2, 5, 7, 8, 'a']
# expect: ['first', 3, 1, 2, 5, 7, 8, 'x', 'a', 'end']
# expect: end first x [3, 1, 2, 5, 7, 8, 'a']
# expect: [3, 1, 2, 5, 7, 8] 2 1 2 4
# expect: [8, 7, 5, 2, 1, 3]
# expect: [] 6
# expect: [8, 7, 5, 2, 1, 3, 1] [0, 0, 0] [[], []] True True True True True
# expect: None
# expect: ValueError
# expect: ValueError
# expect: IndexError
# expect: IndexError
# expect: IndexError
