class Celsius:
    def __init__(self, degrees=0):
        self.degrees = degrees
    @property
    def degrees(self):
        """In Celsius."""
        return self._degrees
    @degrees.setter
    def degrees(self, value):
        if value < -273:
            raise ValueError('too cold')
        self._degrees = value
    @degrees.deleter
    def degrees(self):
        print('deleting')
        del self._degrees
    @property
    def fahrenheit(self):
        return self.degrees * 9 // 5 + 32
    half = property(lambda self: self._degrees / 2)
c = Celsius(100)
print(c.degrees, c.fahrenheit, c.half)
c.degrees = 20
print(c._degrees)
try:
    c.degrees = -300
except ValueError as error:
    print(error)
try:
    c.fahrenheit = 1
except AttributeError:
    print('read only')
del c.degrees
print(hasattr(c, 'degrees'), Celsius.degrees.__doc__, type(Celsius.degrees).__name__)
# expect: 100 212 50.0
# expect: 20
# expect: too cold
# expect: read only
# expect: deleting
# expect: False In Celsius. property
