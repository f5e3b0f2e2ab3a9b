print("this is no importlib")
