name, n, pi = 'bob', 42, 3.14159
print(f'{name} {n} {pi}', f'{name!r} {name!s}', f'{{literal}} {n}')
print(f'{n:5}|{n:<5}|{n:>5}|{n:^5}|{n:05}|{n:+}|{n:x}|{n:#b}')
print(f'{pi:.2f} {pi:8.3f} {pi:e}', f'{name:>6}|{name:*<6}|{name:^7}|{name!r:>7}')
width, prec = 8, 2
print(f'{pi:{width}.{prec}f}|{name:{width}}|{n:{"0"}{width}}')
print(f'{n + 1} {n * 2 if n else 0} {[x for x in range(3)]} {name.upper()} {len(name)}')
print(f"{'nested ' + f'{name}'} {(lambda x: x * 2)(3)} {dict(a=1)['a']}")
print(f'a' 'b' f'{n}' + f'', f'''{
n
} multi-line''')
class C:
    def __format__(self, spec): return f'<{spec}>'
print(f'{C()} {C():spec} {C()!s:.3}'[:14], rf'{n}\n', f'{n!r:>4}', f'{True} {None} {1.0}')
print(f'{n:,} {1234567:,} {0.5:.0%} {-7:+} {"x":>3}')
# expect: bob 42 3.14159 'bob' bob {literal} 42
# expect:    42|42   |   42| 42  |00042|+42|2a|0b101010
# expect: 3.14    3.142 3.141590e+00    bob|bob***|  bob  |  'bob'
# expect:     3.14|bob     |00000042
# expect: 43 84 [0, 1, 2] BOB 3
# expect: nested bob 6 1
# expect: ab42 42 multi-line
# expect: <> <spec> <__ 42\n   42 True None 1.0
# expect: 42 1,234,567 50% -7   x
