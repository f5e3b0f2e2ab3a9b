class Animal:
    kind = 'animal'
    def __init__(self, name):
        self.name = name
    def speak(self):
        return '%s says %s' % (self.name, self.sound())
    def sound(self):
        return '...'
class Dog(Animal):
    def sound(self):
        return 'woof'
class Puppy(Dog):
    kind = 'puppy'
    def sound(self):
        return super().sound() + '!'
print([a.speak() for a in (Animal('a'), Dog('d'), Puppy('p'))])
print(Puppy.kind, Dog.kind, Dog('x').kind, Puppy.__bases__[0].__name__)
print(isinstance(Puppy('x'), Animal), issubclass(Dog, Puppy), issubclass(Dog, (int, Animal)))
print([c.__name__ for c in Puppy.__mro__])
print(type(Dog('x')) is Dog, Dog('x').__class__.__name__)
# expect: ['a says ...', 'd says woof', 'p says woof!']
# expect: puppy animal animal Dog
# expect: True False True
# expect: ['Puppy', 'Dog', 'Animal', 'object']
# expect: True Dog
