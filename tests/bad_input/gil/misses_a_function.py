BASED_ON = 'eager'


del PyGILState_Ensure
