"""The end of 3.9 to 3.11: what threading._register_atexit has registered is called first, before any thread is waited for."""

BASED_ON = '3.8'
_wait_for_threads = wait_for_thread_shutdown


def wait_for_thread_shutdown():
    """3.9, Lib/threading.py, _shutdown"""
    for function in threading_atexits[::-1]:
        function()
    _wait_for_threads()
