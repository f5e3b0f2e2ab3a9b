x = 1
from sys import
