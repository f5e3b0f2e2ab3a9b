import lockweave
for _ in range(3):
    lockweave.Interpreter('legacy')
