"""Templates as Python code in which a dot is an attribute, as it is everywhere else in Python.

Jinja has its environment look for a name after a dot by any means, at each drawing: an attribute, else an item. With a
hundred and forty names a page that is a tenth of the drawing. Items are written with brackets here, as in Python too.
"""

from keyword import iskeyword

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class PlainCode(CodeGenerator):
    """Writes the code of a template. A name that a value does not have is an AttributeError."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 # Jinja names visitors after nodes.
        """Write an attribute; one that Python has no way to write is left to Jinja."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")
