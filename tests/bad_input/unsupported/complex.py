x = complex(1, 2)
