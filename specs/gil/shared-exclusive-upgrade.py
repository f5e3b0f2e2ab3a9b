"""shared-exclusive.py for threads that turn what they hold shared into exclusive: when all others have let go. Two that do so wait for each other."""

BASED_ON = 'shared-exclusive'


def to_exclusive():
    exclusive_requests.add(1)
    while not holders.compare_exchange(1, -1):
        count = holders.load()
        if count != 1:
            holders.wait(count)
    exclusive_requests.add(-1)


def to_shared():
    holders.store(1)
