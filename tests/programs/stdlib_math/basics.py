import math
print(math.floor(2.7), math.ceil(2.1), math.floor(-2.5), math.sqrt(16), math.gcd(12, 18), math.factorial(5))
print(math.inf > 10 ** 300, math.isnan(math.nan), math.isinf(-math.inf), math.trunc(-2.7), math.fabs(-3), math.pow(2, 3))
print(math.pi, math.e, math.log(1), math.exp(0), math.hypot(3, 4), math.copysign(1, -0.0))
# expect: 2 3 -3 4.0 6 120
# expect: True True True -2 3.0 8.0
# expect: 3.141592653589793 2.718281828459045 0.0 1.0 5.0 -1.0
