b = b'hello'
print(b[0], b[1:3], len(b), b + b'!', b * 2, list(b[:2]), b'ell' in b, 104 in b)
print(b.decode(), 'h\u00e9'.encode(), 'h\u00e9'.encode('utf-8').decode('utf-8'), bytes(3), bytes([65, 66]), bytes('x', 'ascii'))
print(b.upper(), b.replace(b'l', b'L'), b.split(b'l'), b.find(b'o'), b.startswith(b'he'), b'-'.join([b'a', b'b']))
print(b == b'hello', b == 'hello', b < b'help', hash(b) == hash(b'hello'), bool(b''), b.hex(), bytes.fromhex('6869'))
try:
    b[0] = 1
except TypeError as e:
    print(e)
try:
    b + 'x'
except TypeError as e:
    print(type(e).__name__)
print(b' x '.strip(), b'a,b'.split(b','), {b'k': 1}[b'k'], isinstance(b, bytes), repr(b'\xff\n'))
# expect: 104 b'el' 5 b'hello!' b'hellohello' [104, 101] True True
# expect: hello b'h\xc3\xa9' hé b'\x00\x00\x00' b'AB' b'x'
# expect: b'HELLO' b'heLLo' [b'he', b'', b'o'] 4 True b'a-b'
# expect: True False True True False 68656c6c6f b'hi'
# expect: 'bytes' object does not support item assignment
# expect: TypeError
# expect: b'x' [b'a', b'b'] 1 True b'\xff\n'
