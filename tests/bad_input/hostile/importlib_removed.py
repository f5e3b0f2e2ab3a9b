import sys
del sys.modules['_frozen_importlib']._find_and_load
import m
