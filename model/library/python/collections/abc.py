"""collections.abc."""

from _collections_abc import *
