"""Whether workers can know the complaints route: where it was announced, and what the complaints body released.

Main words: announcement, mention, released copy. Company data: fenced. Nothing of a complaint is ever kept here.
"""
