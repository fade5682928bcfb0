"""What ends the short way."""


class Unfit(Exception):
    """What changed takes a whole build."""
