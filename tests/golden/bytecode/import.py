"""The document."""
from __future__ import annotations
import a
import a.b.c
import a.b.c as d, e as f
from . import g
from ..h import i, j as k
from l import *
