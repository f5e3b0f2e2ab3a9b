class Stack(list):
    def push(self, x): self.append(x); return self
    @property
    def top(self): return self[-1]
s = Stack([1]).push(2).push(3)
print(s, s.top, len(s), s[1:], type(s[1:]).__name__, isinstance(s, list), s == [1, 2, 3])
class Default(dict):
    def __missing__(self, key):
        self[key] = value = key * 2
        return value
d = Default(a=1)
print(d['a'], d['zz'], d, d.get('none'), 'zz' in d)
class Upper(str):
    def __add__(self, o): return Upper(str.__add__(self, o).upper())
    def shout(self): return self + '!'
u = Upper('abc')
print(u + 'x', u.shout(), len(u), u == 'abc', {u: 1}['abc'], type(u.upper()).__name__)
class MyError(ValueError):
    def __init__(self, code):
        super().__init__('code %d' % code)
        self.code = code
try:
    raise MyError(5)
except ValueError as error:
    print(error, error.code, error.args)
class Attr(dict):
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n)
    def __setattr__(self, n, v): self[n] = v
a = Attr(x=1); a.y = 2
print(a.x, a, hasattr(a, 'z'))
# expect: [1, 2, 3] 3 3 [2, 3] list True True
# expect: 1 zzzz {'a': 1, 'zz': 'zzzz'} None True
# expect: ABCX ABC! 3 True 1 str
# expect: code 5 5 ('code 5',)
# expect: 1 {'x': 1, 'y': 2} False
