"""The end of 3.12.3 and later, 3.13 included (gh-113964): threads and forks are refused when the threads that are no daemons have ended and atexit is through."""

BASED_ON = '3.9'

NO_NEW_AFTER = 'finalizing'
