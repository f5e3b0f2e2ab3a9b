"""A free-threaded build with PYTHON_GIL=0 or -X gil=0: no extension turns the GIL on, and nobody is warned. 3.13, Doc/using/cmdline.rst."""

BASED_ON = 'toggle'

enable_gil = 0
