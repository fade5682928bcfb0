"""`python -m generator`: the same as the command `ville`."""

from generator.cli import run

run()
