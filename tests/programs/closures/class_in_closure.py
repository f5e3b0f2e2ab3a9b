def make_class(prefix):
    count = 0
    class Named:
        def __init__(self, name):
            nonlocal count
            count += 1
            self.name = prefix + name
        @staticmethod
        def total():
            return count
        def __repr__(self):
            return 'Named(%r)' % self.name
    return Named
A = make_class('a-')
B = make_class('b-')
print(A('x'), A('y'), B('z'))
print(A.total(), B.total(), A is B, A.__name__, A.__qualname__)
# expect: Named('a-x') Named('a-y') Named('b-z')
# expect: 2 1 False Named make_class.<locals>.Named
