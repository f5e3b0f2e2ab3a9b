def f(x):
    try:
        g()
    except KeyError:
        h()
    except (ValueError, TypeError) as error:
        return error
    except:
        raise
    else:
        i()
