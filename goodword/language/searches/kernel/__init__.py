"""The matching kernel: machine code made by numba, which holds no lock of the interpreter while it runs.

It reads a batch of texts as one run of UTF-8, byte by byte, once. Nothing here is imported unless numba is there.
"""
