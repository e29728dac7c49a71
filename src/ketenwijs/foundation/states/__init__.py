"""States and moves that can be read aloud, and the appended history of every move.

Main words: state, move, state change. Each app's `states.py` declares a `Machine`; services call `move`.
"""
