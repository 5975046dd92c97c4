def find(test, resolved):
    return iter(())
