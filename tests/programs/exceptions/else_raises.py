try:
    try:
        pass
    except ValueError:
        print('not here')
    else:
        raise ValueError('from else')
    finally:
        print('inner finally')  # expect: inner finally
except ValueError as error:
    print('outer caught', error)  # expect: outer caught from else
try:
    try:
        raise KeyError('k')
    except KeyError:
        raise TypeError('from handler')
    except TypeError:
        print('not here either')
except TypeError as error:
    print(error, type(error.__context__).__name__)  # expect: from handler KeyError
