import sys
import warnings


def caught(category, message='beware'):
    try:
        warnings.warn(message, category)
    except Warning as warning:
        return type(warning).__name__ + ': ' + str(warning)
    return 'not raised'


with warnings.catch_warnings():
    warnings.simplefilter('error')
    print(caught(RuntimeWarning), '|', caught(UserWarning), '|', caught(None))
    warnings.simplefilter('ignore', RuntimeWarning)
    print(caught(RuntimeWarning), '|', caught(UserWarning))
    warnings.filterwarnings('error', message='the GIL')
    print(caught(RuntimeWarning, 'the GIL is on'), '|', caught(RuntimeWarning, 'something else'))
    warnings.simplefilter('error', append=True)
    warnings.simplefilter('ignore')
    print(caught(UserWarning))
    warnings.resetwarnings()
    warnings.simplefilter('ignore', DeprecationWarning)
    print(caught(DeprecationWarning))

with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    warnings.warn('one')
    warnings.warn(RuntimeWarning('two'))
    print([(str(item.message), item.category.__name__) for item in seen])
    warnings.simplefilter('ignore')
    warnings.warn('three')
    print(len(seen))
print(hasattr(sys, '_is_gil_enabled') == (sys.version_info >= (3, 13)), getattr(sys, '_is_gil_enabled', lambda: True)())
# expect: RuntimeWarning: beware | UserWarning: beware | UserWarning: beware
# expect: not raised | UserWarning: beware
# expect: RuntimeWarning: the GIL is on | not raised
# expect: not raised
# expect: not raised
# expect: [('one', 'UserWarning'), ('two', 'RuntimeWarning')]
# expect: 2
# expect: True True
