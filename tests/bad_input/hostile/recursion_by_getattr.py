class C:
    def __getattr__(self, name):
        return getattr(self, name + name[:1])
C().x
