d = {i: i for i in range(10)}
for k in d:
    d.clear()
    d.update({k + 100: 1})
