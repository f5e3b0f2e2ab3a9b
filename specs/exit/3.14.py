"""The end of 3.14: as 3.13, but a thread that wants the GIL too late hangs instead of ending (gh-87135), so that no C code is torn from under it."""

BASED_ON = '3.13'

LATE_THREADS = 'hang'
