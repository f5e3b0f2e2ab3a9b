import pickle


class A:
    def __init__(self):
        self.x = 1


class S:
    def __init__(self, n):
        self.n = n

    def __getstate__(self):
        return [self.n]

    def __setstate__(self, state):
        self.n = state[0] + 1


class R:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __reduce__(self):
        return (R, (self.a, self.b))


def function():
    pass


a = A()
a.y = [a]
shared = ['s']
values = [1, 300, 70000, -1, 2**31, -2**31, -2**31 - 1, 2**40, -2**40, -2**63, 255, 256, 65535, 65536, 127, -128, True, False, None, 'é\n\\', 'x', '€\U0001f600',
          (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {}, {1: 2}, {1: 2, 3: 4}, [], [1], shared, shared, 'y' * 300, 2**2100]
for protocol in range(5):
    print(protocol, pickle.dumps(values, protocol))
    print(pickle.loads(pickle.dumps(values, protocol)) == values)
    print(protocol, pickle.dumps(a, protocol))
    b = pickle.loads(pickle.dumps(a, protocol))
    print(type(b) is A, b.x, b.y[0] is b)
    print(pickle.dumps((A, len, function, A), protocol))
    print(pickle.loads(pickle.dumps((A, len, function), protocol)) == (A, len, function))
    print(pickle.dumps(S(3), protocol), pickle.loads(pickle.dumps(S(3), protocol)).n)
    print(pickle.dumps(R(3, 'r'), protocol), pickle.loads(pickle.dumps(R(3, 'r'), protocol)).b)
    loop = []
    pair = (loop, 1)
    loop.append(pair)
    print(pickle.dumps(pair, protocol))
    again = pickle.loads(pickle.dumps(pair, protocol))
    print(again[0][0] is again)
for protocol in (3, 4):
    print(pickle.dumps([b'', b'ab', b'x' * 300], protocol))
    print(pickle.loads(pickle.dumps([b'', b'ab', b'x' * 300], protocol)) == [b'', b'ab', b'x' * 300])
print(pickle.dumps([A, 1]))
# expect[-3.6]: 0 b'(lp0\nL1L\naL300L\naL70000L\naL-1L\naL2147483648L\naL-2147483648L\naL-2147483649L\naL1099511627776L\naL-1099511627776L\naL-9223372036854775808L\naL255L\naL256L\naL65535L\naL65536L\naL127L\naL-128L\naI01\naI00\naNaV\xe9\\u000a\\u005c\np1\naVx\np2\naV\\u20ac\\U0001f600\np3\na(ta(L1L\ntp4\na(L1L\nL2L\ntp5\na(L1L\nL2L\nL3L\ntp6\na(L1L\nL2L\nL3L\nL4L\ntp7\na(dp8\na(dp9\nL1L\nL2L\nsa(dp10\nL1L\nL2L\nsL3L\nL4L\nsa(lp11\na(lp12\nL1L\naa(lp13\nVs\np14\naag13\naVyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\np15\naL145542856500486309361890238449330649728809442059217056345945587654749356876225241259209611218744456911185381599558875746375475103914048669297745718921773427823433158419120765536610198213840157598554853892256499754024901966411683189991501042476088459679727981986945418043202748661248211748339825091903351744676279304293991165443043691726770700206972879550908196640425338921571293316568559870845121133328067132170701239967995835212682384168881471395081720829376174989450825971966494657064899340276140769794081777796371143547287807483740385375334659668424882133140661394443058747655483603144141890006567217223554270198636103730385125376L\na.'
# expect[3.7+]: 0 b'(lp0\nI1\naI300\naI70000\naI-1\naL2147483648L\naI-2147483648\naL-2147483649L\naL1099511627776L\naL-1099511627776L\naL-9223372036854775808L\naI255\naI256\naI65535\naI65536\naI127\naI-128\naI01\naI00\naNaV\xe9\\u000a\\u005c\np1\naVx\np2\naV\\u20ac\\U0001f600\np3\na(ta(I1\ntp4\na(I1\nI2\ntp5\na(I1\nI2\nI3\ntp6\na(I1\nI2\nI3\nI4\ntp7\na(dp8\na(dp9\nI1\nI2\nsa(dp10\nI1\nI2\nsI3\nI4\nsa(lp11\na(lp12\nI1\naa(lp13\nVs\np14\naag13\naVyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\np15\naL145542856500486309361890238449330649728809442059217056345945587654749356876225241259209611218744456911185381599558875746375475103914048669297745718921773427823433158419120765536610198213840157598554853892256499754024901966411683189991501042476088459679727981986945418043202748661248211748339825091903351744676279304293991165443043691726770700206972879550908196640425338921571293316568559870845121133328067132170701239967995835212682384168881471395081720829376174989450825971966494657064899340276140769794081777796371143547287807483740385375334659668424882133140661394443058747655483603144141890006567217223554270198636103730385125376L\na.'
# expect: True
# expect[-3.6]: 0 b'ccopy_reg\n_reconstructor\np0\n(c__main__\nA\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n(dp5\nVx\np6\nL1L\nsVy\np7\n(lp8\ng4\nasb.'
# expect[3.7+]: 0 b'ccopy_reg\n_reconstructor\np0\n(c__main__\nA\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n(dp5\nVx\np6\nI1\nsVy\np7\n(lp8\ng4\nasb.'
# expect: True 1 True
# expect: b'(c__main__\nA\np0\nc__builtin__\nlen\np1\nc__main__\nfunction\np2\ng0\ntp3\n.'
# expect: True
# expect[-3.6]: b'ccopy_reg\n_reconstructor\np0\n(c__main__\nS\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n(lp5\nL3L\nab.' 4
# expect[3.7+]: b'ccopy_reg\n_reconstructor\np0\n(c__main__\nS\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n(lp5\nI3\nab.' 4
# expect[-3.6]: b'c__main__\nR\np0\n(L3L\nVr\np1\ntp2\nRp3\n.' r
# expect[3.7+]: b'c__main__\nR\np0\n(I3\nVr\np1\ntp2\nRp3\n.' r
# expect[-3.6]: b'((lp0\n(g0\nL1L\ntp1\naL1L\n000g1\n.'
# expect[3.7+]: b'((lp0\n(g0\nI1\ntp1\naI1\n000g1\n.'
# expect: True
# expect: 1 b']q\x00(K\x01M,\x01Jp\x11\x01\x00J\xff\xff\xff\xffL2147483648L\nJ\x00\x00\x00\x80L-2147483649L\nL1099511627776L\nL-1099511627776L\nL-9223372036854775808L\nK\xffM\x00\x01M\xff\xffJ\x00\x00\x01\x00K\x7fJ\x80\xff\xff\xffI01\nI00\nNX\x04\x00\x00\x00\xc3\xa9\n\\q\x01X\x01\x00\x00\x00xq\x02X\x07\x00\x00\x00\xe2\x82\xac\xf0\x9f\x98\x80q\x03)(K\x01tq\x04(K\x01K\x02tq\x05(K\x01K\x02K\x03tq\x06(K\x01K\x02K\x03K\x04tq\x07}q\x08}q\tK\x01K\x02s}q\n(K\x01K\x02K\x03K\x04u]q\x0b]q\x0cK\x01a]q\rX\x01\x00\x00\x00sq\x0eah\rX,\x01\x00\x00yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyq\x0fL145542856500486309361890238449330649728809442059217056345945587654749356876225241259209611218744456911185381599558875746375475103914048669297745718921773427823433158419120765536610198213840157598554853892256499754024901966411683189991501042476088459679727981986945418043202748661248211748339825091903351744676279304293991165443043691726770700206972879550908196640425338921571293316568559870845121133328067132170701239967995835212682384168881471395081720829376174989450825971966494657064899340276140769794081777796371143547287807483740385375334659668424882133140661394443058747655483603144141890006567217223554270198636103730385125376L\ne.'
# expect: True
# expect: 1 b'ccopy_reg\n_reconstructor\nq\x00(c__main__\nA\nq\x01c__builtin__\nobject\nq\x02Ntq\x03Rq\x04}q\x05(X\x01\x00\x00\x00xq\x06K\x01X\x01\x00\x00\x00yq\x07]q\x08h\x04aub.'
# expect: True 1 True
# expect: b'(c__main__\nA\nq\x00c__builtin__\nlen\nq\x01c__main__\nfunction\nq\x02h\x00tq\x03.'
# expect: True
# expect: b'ccopy_reg\n_reconstructor\nq\x00(c__main__\nS\nq\x01c__builtin__\nobject\nq\x02Ntq\x03Rq\x04]q\x05K\x03ab.' 4
# expect: b'c__main__\nR\nq\x00(K\x03X\x01\x00\x00\x00rq\x01tq\x02Rq\x03.' r
# expect: b'(]q\x00(h\x00K\x01tq\x01aK\x011h\x01.'
# expect: True
# expect: 2 b'\x80\x02]q\x00(K\x01M,\x01Jp\x11\x01\x00J\xff\xff\xff\xff\x8a\x05\x00\x00\x00\x80\x00J\x00\x00\x00\x80\x8a\x05\xff\xff\xff\x7f\xff\x8a\x06\x00\x00\x00\x00\x00\x01\x8a\x06\x00\x00\x00\x00\x00\xff\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80K\xffM\x00\x01M\xff\xffJ\x00\x00\x01\x00K\x7fJ\x80\xff\xff\xff\x88\x89NX\x04\x00\x00\x00\xc3\xa9\n\\q\x01X\x01\x00\x00\x00xq\x02X\x07\x00\x00\x00\xe2\x82\xac\xf0\x9f\x98\x80q\x03)K\x01\x85q\x04K\x01K\x02\x86q\x05K\x01K\x02K\x03\x87q\x06(K\x01K\x02K\x03K\x04tq\x07}q\x08}q\tK\x01K\x02s}q\n(K\x01K\x02K\x03K\x04u]q\x0b]q\x0cK\x01a]q\rX\x01\x00\x00\x00sq\x0eah\rX,\x01\x00\x00yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyq\x0f\x8b\x07\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10e.'
# expect: True
# expect: 2 b'\x80\x02c__main__\nA\nq\x00)\x81q\x01}q\x02(X\x01\x00\x00\x00xq\x03K\x01X\x01\x00\x00\x00yq\x04]q\x05h\x01aub.'
# expect: True 1 True
# expect: b'\x80\x02(c__main__\nA\nq\x00c__builtin__\nlen\nq\x01c__main__\nfunction\nq\x02h\x00tq\x03.'
# expect: True
# expect: b'\x80\x02c__main__\nS\nq\x00)\x81q\x01]q\x02K\x03ab.' 4
# expect: b'\x80\x02c__main__\nR\nq\x00K\x03X\x01\x00\x00\x00rq\x01\x86q\x02Rq\x03.' r
# expect: b'\x80\x02]q\x00h\x00K\x01\x86q\x01aK\x0100h\x01.'
# expect: True
# expect: 3 b'\x80\x03]q\x00(K\x01M,\x01Jp\x11\x01\x00J\xff\xff\xff\xff\x8a\x05\x00\x00\x00\x80\x00J\x00\x00\x00\x80\x8a\x05\xff\xff\xff\x7f\xff\x8a\x06\x00\x00\x00\x00\x00\x01\x8a\x06\x00\x00\x00\x00\x00\xff\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80K\xffM\x00\x01M\xff\xffJ\x00\x00\x01\x00K\x7fJ\x80\xff\xff\xff\x88\x89NX\x04\x00\x00\x00\xc3\xa9\n\\q\x01X\x01\x00\x00\x00xq\x02X\x07\x00\x00\x00\xe2\x82\xac\xf0\x9f\x98\x80q\x03)K\x01\x85q\x04K\x01K\x02\x86q\x05K\x01K\x02K\x03\x87q\x06(K\x01K\x02K\x03K\x04tq\x07}q\x08}q\tK\x01K\x02s}q\n(K\x01K\x02K\x03K\x04u]q\x0b]q\x0cK\x01a]q\rX\x01\x00\x00\x00sq\x0eah\rX,\x01\x00\x00yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyq\x0f\x8b\x07\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10e.'
# expect: True
# expect: 3 b'\x80\x03c__main__\nA\nq\x00)\x81q\x01}q\x02(X\x01\x00\x00\x00xq\x03K\x01X\x01\x00\x00\x00yq\x04]q\x05h\x01aub.'
# expect: True 1 True
# expect: b'\x80\x03(c__main__\nA\nq\x00cbuiltins\nlen\nq\x01c__main__\nfunction\nq\x02h\x00tq\x03.'
# expect: True
# expect: b'\x80\x03c__main__\nS\nq\x00)\x81q\x01]q\x02K\x03ab.' 4
# expect: b'\x80\x03c__main__\nR\nq\x00K\x03X\x01\x00\x00\x00rq\x01\x86q\x02Rq\x03.' r
# expect: b'\x80\x03]q\x00h\x00K\x01\x86q\x01aK\x0100h\x01.'
# expect: True
# expect: 4 b'\x80\x04\x95\xee\x02\x00\x00\x00\x00\x00\x00]\x94(K\x01M,\x01Jp\x11\x01\x00J\xff\xff\xff\xff\x8a\x05\x00\x00\x00\x80\x00J\x00\x00\x00\x80\x8a\x05\xff\xff\xff\x7f\xff\x8a\x06\x00\x00\x00\x00\x00\x01\x8a\x06\x00\x00\x00\x00\x00\xff\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80K\xffM\x00\x01M\xff\xffJ\x00\x00\x01\x00K\x7fJ\x80\xff\xff\xff\x88\x89N\x8c\x04\xc3\xa9\n\\\x94\x8c\x01x\x94\x8c\x07\xe2\x82\xac\xf0\x9f\x98\x80\x94)K\x01\x85\x94K\x01K\x02\x86\x94K\x01K\x02K\x03\x87\x94(K\x01K\x02K\x03K\x04t\x94}\x94}\x94K\x01K\x02s}\x94(K\x01K\x02K\x03K\x04u]\x94]\x94K\x01a]\x94\x8c\x01s\x94ah\rX,\x01\x00\x00yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\x94\x8b\x07\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10e.'
# expect: True
# expect: 4 b'\x80\x04\x95)\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x01A\x94\x93\x94)\x81\x94}\x94(\x8c\x01x\x94K\x01\x8c\x01y\x94]\x94h\x03aub.'
# expect: True 1 True
# expect: b'\x80\x04\x959\x00\x00\x00\x00\x00\x00\x00(\x8c\x08__main__\x94\x8c\x01A\x94\x93\x94\x8c\x08builtins\x94\x8c\x03len\x94\x93\x94h\x00\x8c\x08function\x94\x93\x94h\x02t\x94.'
# expect: True
# expect: b'\x80\x04\x95\x1b\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x01S\x94\x93\x94)\x81\x94]\x94K\x03ab.' 4
# expect: b'\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x01R\x94\x93\x94K\x03\x8c\x01r\x94\x86\x94R\x94.' r
# expect: b'\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00]\x94h\x00K\x01\x86\x94aK\x0100h\x01.'
# expect: True
# expect: b'\x80\x03]q\x00(C\x00q\x01C\x02abq\x02B,\x01\x00\x00xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxq\x03e.'
# expect: True
# expect: b'\x80\x04\x95?\x01\x00\x00\x00\x00\x00\x00]\x94(C\x00\x94C\x02ab\x94B,\x01\x00\x00xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\x94e.'
# expect: True
# expect[-3.7]: b'\x80\x03]q\x00(c__main__\nA\nq\x01K\x01e.'
# expect[3.8+]: b'\x80\x04\x95\x18\x00\x00\x00\x00\x00\x00\x00]\x94(\x8c\x08__main__\x94\x8c\x01A\x94\x93\x94K\x01e.'
