import sys
sys.meta_path = None
import m
