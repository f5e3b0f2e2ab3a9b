# requires: 3.8
data = [1, 2, 3, 4]
if (n := len(data)) > 3:
    print('long', n)
it = iter(data)
while (value := next(it, None)) is not None:
    print(value)
print([y := 5, y ** 2])
print([last := x for x in data if (half := x / 2) > 0.5], last, half)
def f(x):
    return (result := x + 1) * result
print(f(2))
print((a := 1) + (b := 2), a, b)
if any((found := item) % 3 == 0 for item in data):
    print('found', found)
# expect: long 4
# expect: 1
# expect: 2
# expect: 3
# expect: 4
# expect: [5, 25]
# expect: [2, 3, 4] 4 2.0
# expect: 9
# expect: 3 1 2
# expect: found 3
