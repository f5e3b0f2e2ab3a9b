BASED_ON = 'eagre'
