"""Cases: holders, threads, envelopes, files, states and clocks. Nothing readable is kept.

Main words: case, holder (of a receipt), thread, epoch, wrap, envelope, sealed file. Leans on sealing and committee.
"""
