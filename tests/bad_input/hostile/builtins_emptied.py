import builtins
for name in list(vars(builtins)):
    delattr(builtins, name)
print(1)
