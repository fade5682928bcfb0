"""Static-site generator and content hub of the « Ville Solidaire » campaign."""

__version__ = "0.1.0"
