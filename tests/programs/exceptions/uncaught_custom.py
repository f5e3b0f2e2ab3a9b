class Custom(Exception):
    def __str__(self):
        return 'custom text'
class Holder:
    def __enter__(self):
        print('enter')  # expect: enter
    def __exit__(self, kind, value, tb):
        print('exit', kind.__name__, value)  # expect: exit Custom custom text
with Holder():
    raise Custom(1, 2)
# expect-exception: Custom
