def f(n):
    result = []
    for i in range(n):
        if i % 15 == 0: word = 'fizzbuzz'
        elif i % 5 == 0: word = 'buzz'
        elif i % 3 == 0: word = 'fizz'
        else:
            continue
        try:
            if word == 'buzz':
                raise KeyError(word)
            result.append(word)
        except KeyError as e:
            result.append('!' + e.args[0])
            if i > 15: break
        else:
            result.append('.')
        finally:
            result.append(i)
    else:
        result.append('complete')
    return result
print(f(7))
print(f(30))
print(f(0))
def machine(text):
    state, out = 'start', []
    for c in text + '$':
        while True:
            if state == 'start':
                if c.isdigit(): state, token = 'number', ''; continue
                if c.isalpha(): state, token = 'word', ''; continue
                break
            if (state == 'number' and c.isdigit()) or (state == 'word' and c.isalnum()):
                token += c
                break
            out.append((state, token)); state = 'start'
    return out
print(machine('abc1 23 x'))
# expect: ['fizzbuzz', '.', 0, 'fizz', '.', 3, '!buzz', 5, 'fizz', '.', 6, 'complete']
# expect: ['fizzbuzz', '.', 0, 'fizz', '.', 3, '!buzz', 5, 'fizz', '.', 6, 'fizz', '.', 9, '!buzz', 10, 'fizz', '.', 12, 'fizzbuzz', '.', 15, 'fizz', '.', 18, '!buzz', 20]
# expect: ['complete']
# expect: [('word', 'abc1'), ('number', '23'), ('word', 'x')]
