def make_counter(start=0):
    count = start
    def increment(by=1):
        nonlocal count
        count += by
        return count
    def get():
        return count
    return increment, get
inc, get = make_counter(10)
inc(); inc(5)
other_inc, other_get = make_counter()
other_inc()
print(get(), other_get())  # expect: 16 1
print(inc.__closure__[0].cell_contents, inc.__code__.co_freevars)  # expect: 16 ('count',)
