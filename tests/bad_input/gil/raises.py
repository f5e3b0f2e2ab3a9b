BASED_ON = 'eager'


raise ValueError('no')
