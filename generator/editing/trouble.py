"""Why a command of this room could not do what it was asked."""


class Trouble(Exception):
    """What staff asked for can't be done; the message is a French sentence."""
