import itertools
all_of_them = list(itertools.count())
