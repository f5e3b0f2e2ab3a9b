class D:
    def __del__(self):
        D()
D()
