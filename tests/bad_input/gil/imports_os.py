BASED_ON = 'eager'


import os

os.system('touch /tmp/lockweave_was_here')
