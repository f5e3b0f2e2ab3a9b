from typing import List, Dict, Optional, Any, Callable, Union, TYPE_CHECKING
if TYPE_CHECKING:
    import never_imported
def f(a: List[int], b: Optional[str] = None, *c: Any) -> Dict[str, int]:
    return {'n': len(a)}
handler: Callable[[int], int] = lambda x: x
number: Union[int, str] = 5
print(f([1, 2]), handler(3), number, TYPE_CHECKING)  # expect: {'n': 2} 3 5 False
