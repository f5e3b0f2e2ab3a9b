import sys
sys.modules = {}
import m
