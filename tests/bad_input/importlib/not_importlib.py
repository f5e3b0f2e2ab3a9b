"""An ordinary module."""


def main():
    print("hello")
