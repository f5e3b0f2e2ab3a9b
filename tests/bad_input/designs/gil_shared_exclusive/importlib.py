def _find_and_load(name, import_):
    return None
