"""What a content check looks at beyond shape, per kind of file; each check answers (path, code of the check,
sentence).
"""
