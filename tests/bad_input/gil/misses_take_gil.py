BASED_ON = 'eager'


del take_gil
