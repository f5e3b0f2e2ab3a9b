"""importlib.metadata: what importlib itself asks of it when caches are to be forgotten; no distribution is modelled."""


class MetadataPathFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None

    @classmethod
    def invalidate_caches(cls):
        """Its cache is of what distributions are in a folder."""
