import sys
print('3.%d' % sys.version_info[1])
print(sys.version_info[:2] >= (3, 8))
print(sys.version_info < (3, 10))
# expect[-3.6]: 3.6
# expect[3.7]: 3.7
# expect[3.8]: 3.8
# expect[3.9]: 3.9
# expect[3.10]: 3.10
# expect[3.11]: 3.11
# expect[3.12]: 3.12
# expect[3.13+]: 3.13
# expect[-3.7]: False
# expect[3.8+]: True
# expect[-3.9]: True
# expect[3.10+]: False
