def f(**k): pass
f(x=1, x=2)
