BASED_ON = 'eager'


open('/tmp/lockweave_was_here', 'w')
