class AppError(Exception):
    """Base."""
class NotFound(AppError):
    def __init__(self, name, hint=None):
        super().__init__(name)
        self.name, self.hint = name, hint
    def __str__(self):
        return '%s not found%s' % (self.name, ' (%s)' % self.hint if self.hint else '')
class Silent(AppError): pass
for error in (AppError('a'), AppError(), AppError('a', 1), NotFound('x'), NotFound('x', hint='h'), Silent()):
    try:
        raise error
    except NotFound as e:
        print('NotFound:', e, e.args, repr(e))
    except AppError as e:
        print(type(e).__name__, repr(str(e)), repr(e))
print(AppError('x') == AppError('x'), AppError(1, 2).args[1], isinstance(Silent(), AppError))
err = ValueError('v')
err.extra = 5
print(err.extra, err.args)
err.args = ('changed',)
print(err)
# expect[-3.6]: AppError 'a' AppError('a',)
# expect[3.7+]: AppError 'a' AppError('a')
# expect: AppError '' AppError()
# expect: AppError "('a', 1)" AppError('a', 1)
# expect[-3.6]: NotFound: x not found ('x',) NotFound('x',)
# expect[3.7+]: NotFound: x not found ('x',) NotFound('x')
# expect[-3.6]: NotFound: x not found (h) ('x',) NotFound('x',)
# expect[3.7+]: NotFound: x not found (h) ('x',) NotFound('x')
# expect: Silent '' Silent()
# expect: False 2 True
# expect: 5 ('v',)
# expect: changed
