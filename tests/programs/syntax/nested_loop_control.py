found = []
for a in range(1, 5):
    for b in range(a, 5):
        for c in range(b, 6):
            if a * a + b * b == c * c:
                found.append((a, b, c))
                break
        else:
            continue
        break
print(found)  # expect: [(3, 4, 5)]
out = []
for i in range(3):
    j = 0
    while j < 3:
        j += 1
        if j == 2:
            continue
        out.append((i, j))
        if i == 1:
            break
    else:
        out.append('complete')
print(out)  # expect: [(0, 1), (0, 3), 'complete', (1, 1), (2, 1), (2, 3), 'complete']
