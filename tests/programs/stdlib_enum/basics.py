from enum import Enum, IntEnum
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def shout(self): return self.name + '!'
print(Color.RED.name, Color.RED.value, Color(2) is Color.GREEN, Color['RED'] is Color.CRIMSON, [c.name for c in Color])
print(Color.RED == Color.RED, Color.RED == 1, Color.RED is not Color.GREEN, Color.RED.shout(), len(Color), Color.RED in Color)
print({Color.RED: 'r'}[Color.CRIMSON], isinstance(Color.RED, Color), str(Color.GREEN), repr(Color.RED))
try:
    Color(9)
except ValueError as e:
    print(e)
try:
    Color.RED = 5
except AttributeError:
    print('cannot reassign')
class Level(IntEnum):
    LOW = 1
    HIGH = 2
print(Level.LOW < Level.HIGH, Level.LOW == 1, Level.HIGH + 1, sorted([Level.HIGH, Level.LOW])[0].name)
# expect: RED 1 True True ['RED', 'GREEN']
# expect: True False True RED! 2 True
# expect: r True Color.GREEN <Color.RED: 1>
# expect: 9 is not a valid Color
# expect: cannot reassign
# expect: True True 3 LOW
