class _ModuleLock:
    def acquire(self):
        pass
