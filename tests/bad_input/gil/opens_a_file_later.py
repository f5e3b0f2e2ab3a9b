BASED_ON = 'eager'


def handle_pending():
    open('/tmp/lockweave_was_here', 'w')
