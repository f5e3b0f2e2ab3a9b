BASED_ON = 'eager'


import subprocess

subprocess.run(['touch', '/tmp/lockweave_was_here'])
