import sys
print(sys.version_info[0], sys.version_info >= (3, 6), sys.version_info.major, sys.version_info[:1])
print('sys' in sys.modules, sys.modules['sys'] is sys, sys.modules['__main__'].__name__, '__main__' in sys.modules)
print(isinstance(sys.path, list), isinstance(sys.meta_path, list), sys.maxsize > 2 ** 30)
limit = sys.getrecursionlimit()
print(limit > 0)
me = sys.modules[__name__]
me.injected = 'by attribute'
print(injected, getattr(me, 'injected'), me.__name__)
old = sys.getswitchinterval()
sys.setswitchinterval(1e-5)
print(sys.getswitchinterval() < 1)
sys.setswitchinterval(old)
# expect: 3 True 3 (3,)
# expect: True True __main__ True
# expect: True True True
# expect: True
# expect: by attribute by attribute __main__
# expect: True
