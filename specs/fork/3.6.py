"""os.fork of 3.6 to 3.12 (Modules/posixmodule.c, Python/import.c): no fork while another thread holds the import lock, and the child has a new one.

The locks of single modules, and `_initializing` of their specs, are as the threads that are gone have left them. Up to 3.6 nothing can be registered, so the
functions of os.register_at_fork find empty lists.
"""
