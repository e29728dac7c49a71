"""Tests that try to break this program: floods, killed processes, dumps, a dishonest host."""
