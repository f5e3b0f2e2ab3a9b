class K:
    def __hash__(self):
        raise ValueError
{K(): 1}
