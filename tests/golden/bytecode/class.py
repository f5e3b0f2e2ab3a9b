@decorate
@g(1)
class C(B, metaclass=M):
    """What it is."""
    __slots__ = ('a', '__b')

    def __init__(self, *args):
        super().__init__(*args)
        self.__b = __class__

    @property
    def b(self):
        return self.__b
