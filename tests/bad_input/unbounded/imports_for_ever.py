import importlib, sys
while True:
    sys.modules.pop('m', None)
    try:
        import m
    except ImportError:
        pass
