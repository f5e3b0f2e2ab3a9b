BASED_ON = './based_on_itself.py'
