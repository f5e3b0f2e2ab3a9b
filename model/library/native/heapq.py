"""heapq (C in CPython: Modules/_heapqmodule.c): atomic but for the comparisons of the program's own classes."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'heappushpop', 'merge', 'nlargest', 'nsmallest']


def heappush(heap, item, /):
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap, /):
    last = heap.pop()
    if not heap:
        return last
    result = heap[0]
    heap[0] = last
    _sink(heap, 0)
    return result


def heapreplace(heap, item, /):
    result = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return result


def heappushpop(heap, item, /):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(x, /):
    position = len(x) // 2
    while position > 0:
        position -= 1
        _sink(x, position)


def _rise(heap, start, position):
    """Moves the item at position up until its parent is not greater."""
    item = heap[position]
    while position > start:
        parent = (position - 1) >> 1
        if not item < heap[parent]:
            break
        heap[position] = heap[parent]
        position = parent
    heap[position] = item


def _sink(heap, start):
    """Brings the smaller children up to where start was, then lets the item rise from the bottom: fewer comparisons."""
    item = heap[start]
    position = start
    child = 2 * position + 1
    while child < len(heap):
        right = child + 1
        if right < len(heap) and not heap[child] < heap[right]:
            child = right
        heap[position] = heap[child]
        position = child
        child = 2 * position + 1
    heap[position] = item
    _rise(heap, start, position)


def merge(*iterables, key=None, reverse=False):
    items = [item for iterable in iterables for item in iterable]
    return iter(sorted(items, key=key, reverse=reverse))


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
