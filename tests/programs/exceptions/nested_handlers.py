log = []
def f(kind):
    try:
        try:
            raise kind('x')
        except ValueError:
            log.append('inner value')
            raise
        finally:
            log.append('inner finally')
    except (ValueError, TypeError) as e:
        log.append('outer ' + type(e).__name__)
    except Exception:
        log.append('outer any')
    else:
        log.append('never')
    finally:
        log.append('outer finally')
f(ValueError)
f(TypeError)
f(KeyError)
print(log)
try:
    try:
        raise ValueError(1)
    except ValueError:
        try:
            raise KeyError(2)
        except KeyError as e:
            print('inner', e, repr(e.__context__))
        raise
except ValueError as e:
    print('outer', e, e.__context__)
# expect: ['inner value', 'inner finally', 'outer ValueError', 'outer finally', 'inner finally', 'outer TypeError', 'outer finally', 'inner finally', 'outer any', 'outer finally']
# expect[-3.6]: inner 2 ValueError(1,)
# expect[3.7+]: inner 2 ValueError(1)
# expect: outer 1 None
