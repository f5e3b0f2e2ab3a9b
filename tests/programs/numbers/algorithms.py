def gcd(a, b):
    while b: a, b = b, a % b
    return a
def power(b, e, m):
    r = 1
    while e:
        if e & 1: r = r * b % m
        b, e = b * b % m, e >> 1
    return r
def sieve(n):
    flags = [True] * n
    flags[:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [False] * len(range(i * i, n, i))
    return [i for i, f in enumerate(flags) if f]
def isqrt(n):
    x = n
    while x * x > n: x = (x + n // x) // 2
    return x
def collatz(n): return 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)
print(gcd(1071, 462), gcd(2 ** 80, 6 ** 20), power(3, 1000, 10007), sieve(40), isqrt(10 ** 30), collatz(27))
def base(n, b): return (base(n // b, b) if n >= b else '') + '0123456789abcdef'[n % b]
print(base(255, 16), base(10, 2), base(10 ** 10, 7), sum(int(d) for d in str(2 ** 100)))
lcg, out = 42, []
for _ in range(5):
    lcg = (lcg * 6364136223846793005 + 1442695040888963407) % 2 ** 64
    out.append(lcg >> 33)
print(out)
# expect: 21 1048576 6823 [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] 1000000000000000 111
# expect: ff 1010 502544411644 115
# expect: [1220265334, 484179026, 886563538, 1353769503, 1460606294]
