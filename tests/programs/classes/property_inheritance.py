class Base:
    @property
    def value(self):
        return self._get()
    def _get(self):
        return 'base'
class Derived(Base):
    def _get(self):
        return 'derived'
    @Base.value.setter
    def value(self, v):
        print('set', v)
class Override(Base):
    value = 'plain class attribute'
class Super(Base):
    @property
    def value(self):
        return 'super ' + super().value
d = Derived()
print(d.value)
d.value = 5
try:
    Base().value = 1
except AttributeError:
    print('Base has no setter')
o = Override()
o.value = 'instance'
print(o.value, Override.value, Super().value)
# expect: derived
# expect: set 5
# expect: Base has no setter
# expect: instance plain class attribute super base
