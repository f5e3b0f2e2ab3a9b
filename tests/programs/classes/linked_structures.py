class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
    def __iter__(self):
        node = self
        while node is not None:
            yield node.value
            node = node.next
def reverse(node):
    result = None
    while node:
        node.next, result, node = result, node, node.next
    return result
n = Node(1, Node(2, Node(3)))
print(list(n), list(reverse(n)))  # expect: [1, 2, 3] [3, 2, 1]
class Tree:
    def __init__(self): self.root = None
    def insert(self, v):
        def go(node):
            if node is None: return [v, None, None]
            side = 1 if v < node[0] else 2
            node[side] = go(node[side])
            return node
        self.root = go(self.root)
    def walk(self, node=0):
        node = self.root if node == 0 else node
        if node is not None:
            yield from self.walk(node[1])
            yield node[0]
            yield from self.walk(node[2])
t = Tree()
for v in (5, 2, 8, 1, 9, 3): t.insert(v)
print(list(t.walk()))  # expect: [1, 2, 3, 5, 8, 9]
