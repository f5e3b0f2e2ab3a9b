import sys
sys.setprofile(lambda *a: None)
