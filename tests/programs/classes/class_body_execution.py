print('before')
class C:
    print('in body')
    x = [1, 2]
    for i in range(3):
        x.append(i)
    if len(x) > 3:
        def method(self): return 'defined conditionally'
    else:
        method = None
    y = x[-1]
    del i
    try:
        undefined
    except NameError:
        z = 'caught'
    import sys as system
    a, *b = x
    def outer_name(self): return y
y = 'module y'
print(C.x, C().method(), C.y, C.z, hasattr(C, 'i'), hasattr(C.system, 'path'), C.a, C.b)
print(C().outer_name(), C.__qualname__, C.__module__)
class Outer:
    class Inner:
        value = 1
        class Deep: pass
    def make(self): return self.Inner()
print(Outer().make().value, Outer.Inner.__qualname__, Outer.Inner.Deep.__qualname__)
def conditional(flag):
    class R:
        if flag:
            v = 'yes'
    return hasattr(R, 'v')
print(conditional(True), conditional(False))
# expect: before
# expect: in body
# expect: [1, 2, 0, 1, 2] defined conditionally 2 caught False True 1 [2, 0, 1, 2]
# expect: module y C __main__
# expect: 1 Outer.Inner Outer.Inner.Deep
# expect: True False
