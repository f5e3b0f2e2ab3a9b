print(eval('1 + 2'))  # expect: 3
space = {'x': 10}
exec('y = x * 2\ndef f():\n    return x + y', space)
print(space['y'], space['f']())  # expect: 20 30
print(eval('x + z', {'x': 1, 'z': 2}))  # expect: 3
code = compile('result = [i * i for i in range(4)]', 'generated', 'exec')
names = {}
exec(code, names)
print(names['result'])  # expect: [0, 1, 4, 9]
try:
    eval('1 +')
except SyntaxError as error:
    print('SyntaxError')  # expect: SyntaxError
x = 5
exec('x += 1')
print(x)  # expect: 6
print(sorted(k for k in globals() if k in ('x', 'space', 'names')))  # expect: ['names', 'space', 'x']
