"""The demonstration world, made by the ordinary services and imports, so that the demonstration is also a test.

Everything invented stands in `content/demo/world.yaml`; nothing here runs under production settings.
"""
