import os
print(os.stat('main.py').st_ino)
