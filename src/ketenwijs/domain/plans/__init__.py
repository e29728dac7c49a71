"""Plans of action: goals and measures tied to risks, and the public version apart from the confidential one.

Main words: plan, goal, measure. Company data: fenced.
"""
