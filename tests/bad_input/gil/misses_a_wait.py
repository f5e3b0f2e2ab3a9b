BASED_ON = "eager"


_blocking_join = None
