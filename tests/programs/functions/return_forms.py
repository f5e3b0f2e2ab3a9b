def multi(): return 1, 2
def star(): return (*range(2), 9)
def bare():
    return
def nested(x):
    for i in range(10):
        while True:
            if i == x:
                return 'found', i
            break
    return 'none'
print(multi(), star(), bare(), nested(3), nested(11))  # expect: (1, 2) (0, 1, 9) None ('found', 3) none
def in_try():
    try:
        return 'try'
    finally:
        print('finally runs')  # expect: finally runs
print(in_try())  # expect: try
def conditional(x):
    if x: return 'yes'
print(conditional(1), conditional(0))  # expect: yes None
a, (b, c) = (lambda: (1, (2, 3)))()
print(a, b, c)  # expect: 1 2 3
