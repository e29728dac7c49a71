"""The pages of people who tell something, and of those who were asked: without account, complete without script.

Main words: phrase sheet (one language), pass (what one browser carries for fifteen minutes), brake.
"""
