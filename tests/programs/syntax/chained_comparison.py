def show(value):
    print('eval', value)
    return value

print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2)
print(show(1) < show(2) < show(3))
print(show(5) < show(2) < show(3))
a = b = []
print(a is b is not None, 1 == 1.0 == True)
print(1 in [1, 2] == True, (1 in [1, 2]) == True)
print(not 1 in [2], 1 not in [2], None is not 3)
# expect: True False True
# expect: eval 1
# expect: eval 2
# expect: eval 3
# expect: True
# expect: eval 5
# expect: eval 2
# expect: False
# expect: True True
# expect: False True
# expect: True True True
