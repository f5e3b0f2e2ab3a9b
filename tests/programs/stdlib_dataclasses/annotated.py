# requires: 3.7
from __future__ import annotations
import dataclasses, typing
from dataclasses import dataclass, field, asdict, replace
from typing import Optional, List, Dict, Callable, Any, Generic, TypeVar, NamedTuple
T = TypeVar('T')
@dataclass
class Item:
    name: str
    price: float = 1.0
    tags: List[str] = field(default_factory=list, repr=False)
    def total(self, n: int = 1) -> float: return self.price * n
@dataclass(frozen=True, order=True)
class Key:
    a: int
    b: str = 'x'
i = Item('pen', 2.5); i.tags.append('t')
print(i, i == Item('pen', 2.5, ['t']), i.total(3), asdict(i), replace(i, name='ink').name, Item.__annotations__['price'], [f.name for f in dataclasses.fields(i)])
print(Key(1) < Key(2), Key(1, 'b') > Key(1, 'a'), hash(Key(1)) == hash(Key(1)), {Key(1): 'v'}[Key(1)], sorted([Key(3), Key(1)]))
try: Key(1).a = 5
except dataclasses.FrozenInstanceError as e: print(type(e).__name__, e)
try: Item()
except TypeError as e: print(e)
class Stack(Generic[T]):
    def __init__(self) -> None: self.items: List[T] = []
    def push(self, x: T) -> None: self.items.append(x)
    def pop(self) -> Optional[T]: return self.items.pop() if self.items else None
s: Stack[int] = Stack(); s.push(1); print(s.pop(), s.pop())
class Pt(NamedTuple):
    x: int
    y: int = 0
print(Pt(1), Pt(1, 2).y, Pt(3)._asdict())
def f(x: 'undefined_type', *args: int, k: Callable[[int], Any] = None) -> Dict[str, int]: return {}
print(f.__annotations__['x'], f(1), typing.TYPE_CHECKING, typing.cast(int, 'x'))
# expect: Item(name='pen', price=2.5) True 7.5 {'name': 'pen', 'price': 2.5, 'tags': ['t']} ink float ['name', 'price', 'tags']
# expect: True True True v [Key(a=1, b='x'), Key(a=3, b='x')]
# expect: FrozenInstanceError cannot assign to field 'a'
# expect[-3.9]: __init__() missing 1 required positional argument: 'name'
# expect[3.10+]: Item.__init__() missing 1 required positional argument: 'name'
# expect: 1 None
# expect[-3.7]: Pt(x=1, y=0) 2 OrderedDict([('x', 3), ('y', 0)])
# expect[3.8+]: Pt(x=1, y=0) 2 {'x': 3, 'y': 0}
# expect: 'undefined_type' {} False x
