BASED_ON = 'eager'


handle_pending = 3
