import sys
del sys.modules
import m
