BASED_ON = 'eager'


limit = 1j
