stack = []
for token in '3 4 + 2 *'.split():
    if token.isdigit(): stack.append(int(token))
    else:
        b, a = stack.pop(), stack.pop()
        stack.append({'+': a + b, '*': a * b}[token])
print(stack)
def bfs(graph, start):
    seen, queue, order = {start}, [start], []
    while queue:
        n = queue.pop(0)
        order.append(n)
        for m in graph.get(n, ()):
            if m not in seen:
                seen.add(m); queue.append(m)
    return order
print(bfs({'a': 'bc', 'b': 'd', 'c': 'd', 'd': 'a'}, 'a'))
def topo(deps):
    done, out = set(), []
    def visit(n, path=()):
        if n in path: raise ValueError('cycle: ' + '->'.join(path + (n,)))
        if n not in done:
            for m in deps.get(n, []): visit(m, path + (n,))
            done.add(n); out.append(n)
    for n in sorted(deps): visit(n)
    return out
print(topo({'app': ['lib', 'log'], 'lib': ['base'], 'log': ['base']}))
try: topo({'a': ['b'], 'b': ['a']})
except ValueError as e: print(e)
def quick(l): return l if len(l) < 2 else quick([x for x in l[1:] if x < l[0]]) + [l[0]] + quick([x for x in l[1:] if x >= l[0]])
print(quick([3, 1, 4, 1, 5, 9, 2, 6]))
def bisect(l, x):
    lo, hi = 0, len(l)
    while lo < hi:
        mid = (lo + hi) // 2
        if l[mid] < x: lo = mid + 1
        else: hi = mid
    return lo
print([bisect([1, 3, 5], x) for x in range(7)])
# expect: [14]
# expect: ['a', 'b', 'c', 'd']
# expect: ['base', 'lib', 'log', 'app']
# expect: cycle: a->b->a
# expect: [1, 1, 2, 3, 4, 5, 6, 9]
# expect: [0, 0, 1, 1, 2, 2, 3]
