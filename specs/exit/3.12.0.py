"""The end of 3.12.0 to 3.12.2 (gh-104690, gh-113964): once main has run its last line, no thread can start another, nor fork."""

BASED_ON = '3.9'

NO_NEW_AFTER = 'main'
