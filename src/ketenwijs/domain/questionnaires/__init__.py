"""Questions of an edition, rendered, answered, and carried over from year to year.

Main words: answer sheet, answer, evidence. Which questions apply and what the answers are worth belongs to
`assessments`. Company data: fenced.
"""
