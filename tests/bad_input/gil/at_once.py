"""Lets several threads run Python code, on a design whose switch points are those of a GIL."""

BASED_ON = 'eager'
PYTHON_AT_ONCE = True
