import sys
class F:
    def find_spec(self, *a):
        raise SystemExit(5)
sys.meta_path.insert(0, F())
import x
