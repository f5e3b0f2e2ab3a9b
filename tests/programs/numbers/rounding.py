print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1.25, 1), round(1234.567, -2), round(5, 2), round(15, -1), round(25, -1))
print(round(0.5), round(1.5), round(2.4), round(-0.4), type(round(2.5)).__name__, type(round(2.5, 1)).__name__, round(1e20))
print(int(3.99), int(-3.99), 7 // 2, -7 // 2, 7.0 // 2, int(7 / 2), -(-7 // 2))
print('%.0f %.0f %.1f %.2f' % (0.5, 1.5, 0.25, 1.005), f'{2.5:.0f} {1.45:.1f}', '{:.3g} {:.10g} {:g}'.format(1234.5, 0.1, 100000.0))
print(format(1e6, ','), format(1234.5678, ',.2f'), format(0.00001234, 'g'), format(1.0, 'g'), format(1e16, 'g'), format(3, 'f'), format(3, '.1e'))
print(round(1.005, 2), round(-1.5), round(10.0), round(123.456, 1), round(True), round(7, None))
# expect: 2 4 -2 2.67 1.2 1200.0 5 20 20
# expect: 0 2 2 0 int float 100000000000000000000
# expect: 3 -3 3 -4 3.0 3 4
# expect: 0 2 0.2 1.00 2 1.4 1.23e+03 0.1 100000
# expect: 1,000,000.0 1,234.57 1.234e-05 1 1e+16 3.000000 3.0e+00
# expect: 1.0 -2 10 123.5 1 7
