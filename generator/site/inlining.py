"""Templates in one piece: before one is compiled, its parents and the macros that it calls are copied into it.

Jinja looks up blocks and calls macros anew for each page, with a context, a buffer and a safe string each time: half
the cost of drawing it. Copied where they are used, they cost nothing and say the same. A template whose copy might mean
something else is left as it is written.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_OF_A_CALL = {"caller", "varargs", "kwargs"}
"""What a macro may know of its call besides its parameters."""
_OF_BLOCKS = {"self", "super"}
_NAMING = (nodes.Assign, nodes.AssignBlock, nodes.Macro)
"""What gives a name a value for all that follows."""


class _Bound(Exception):
    """A template uses its blocks or its names in a way that a copy can't keep."""


@dataclass(frozen=True, slots=True)
class _Macro:
    """A macro that can be copied, and the names that a copy has from outside, its own included."""

    written: nodes.Macro
    borrowed: set[str]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A template with macros copied into it: the names that it gives values to, and those that the copies borrow."""

    tree: nodes.Template
    parent: str | None
    blocks: list[nodes.Block]
    named: set[str]
    borrowed: set[str]


class Inliner:
    """Gives templates in one piece. `parse` gives a template's tree by its name, its own each time."""

    def __init__(self, parse: Callable[[str], nodes.Template], macros: str) -> None:
        """Take the macros that all templates may call from the template named `macros`."""
        self._parse = parse
        self._macros = _copyable(parse(macros))
        self._layers: dict[str, _Layer] = {}

    def whole(self, name: str) -> nodes.Template:
        """Give the tree of a template. It shares nodes with others: it is there to be compiled, not to be changed."""
        try:
            layers = list(self._with_parents(name))
            named = set[str]().union(*(layer.named for layer in layers))
            if any(layer.borrowed & named for layer in layers):
                raise _Bound
            return _Filler(layers).whole()
        except _Bound:
            return self._parse(name)

    def _with_parents(self, name: str) -> Iterator[_Layer]:
        """Give a template, the one that it extends, and so on. Raises _Bound."""
        if name not in self._layers:
            self._layers[name] = self._layer(self._parse(name))
        layer = self._layers[name]
        yield layer
        if layer.parent:
            yield from self._with_parents(layer.parent)

    def _layer(self, tree: nodes.Template) -> _Layer:
        named = _names(tree, written=True)
        copier = _Copier(self._macros)
        copier.visit(tree)
        if sum(name.name in _OF_BLOCKS for name in tree.find_all(nodes.Name)) > copier.supers:
            raise _Bound
        return _Layer(tree, _parent(tree), list(tree.find_all(nodes.Block)), named, copier.borrowed)


def _parent(tree: nodes.Template) -> str | None:
    """Give the name of what a template extends, None for one that stands alone. Raises _Bound."""
    extends = list(tree.find_all(nodes.Extends))
    if not extends:
        return None
    first, *others = tree.body
    named = extends[0].template
    if extends != [first] or not isinstance(named, nodes.Const):
        raise _Bound
    if not all(isinstance(node, (*_NAMING, nodes.Block, nodes.Output)) for node in others):
        raise _Bound
    return str(named.value)


def _names(node: nodes.Node, *, written: bool) -> set[str]:
    """Give the names that a tree reads, or those that it gives values to: variables, parameters."""
    return {name.name for name in node.find_all(nodes.Name) if (name.ctx != "load") == written}


def _is_super(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "super"


def _copyable(tree: nodes.Template) -> dict[str, _Macro]:
    """Give the macros that can be copied, with those written before them copied into them.

    A copy sees its surroundings: it must not find there, under a name, what was not meant where it was written.
    """
    named = _names(tree, written=True)
    macros: dict[str, _Macro] = {}
    for macro in tree.find_all(nodes.Macro):
        borrowed = _names(macro, written=False) - _names(macro, written=True)
        if not borrowed & (named | _OF_A_CALL):
            copier = _Copier(macros)
            copier.generic_visit(macro)
            macros[macro.name] = _Macro(macro, {macro.name, *borrowed, *copier.borrowed})
    return macros


class _Copier(NodeTransformer):
    """Copies macros to where they are called; gathers the names that they borrow, counts calls of a parent's block."""

    def __init__(self, macros: Mapping[str, _Macro]) -> None:
        self._macros = macros
        self.borrowed: set[str] = set()
        self.supers = 0

    def visit_Output(self, output: nodes.Output) -> list[nodes.Node]:  # noqa: N802 # Jinja names visitors after nodes.
        """Put each copy, and each call of a parent's block, between pieces of output."""
        pieces: list[nodes.Node] = []
        last: nodes.Output | None = None
        for each in output.nodes:
            macro = self._copy(each) if isinstance(each, nodes.Call) else None
            if last and not macro and not _is_super(each):
                last.nodes.append(each)
                continue
            piece = macro or nodes.Output([each], lineno=output.lineno)
            pieces.append(piece)
            last = piece if isinstance(piece, nodes.Output) else None
            if _is_super(each):
                self.supers += 1
                last = None
        return pieces

    def _copy(self, call: nodes.Call) -> nodes.With | None:
        """Give what a call stands for; None for one that is to be made."""
        macro = self._macros.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        values = _arguments(macro.written, call) if macro else None
        if macro is None or values is None:
            return None
        self.borrowed |= macro.borrowed
        return nodes.With(macro.written.args, values, macro.written.body, lineno=call.lineno)


def _arguments(macro: nodes.Macro, call: nodes.Call) -> list[nodes.Expr] | None:
    """Give the value of each parameter in a call; None when what is written doesn't tell."""
    names = [each.name for each in macro.args]
    if call.dyn_args or call.dyn_kwargs or len(call.args) > len(names):
        return None
    values = dict(zip(reversed(names), reversed(macro.defaults), strict=False))
    given = dict(zip(names, call.args, strict=False)) | {each.key: each.value for each in call.kwargs}
    # A default may depend on other parameters, which are not there yet.
    if not all(name in given or isinstance(default, nodes.Const) for name, default in values.items()):
        return None
    values |= given
    return [values[name] for name in names] if values.keys() == set(names) else None


class _Filler:
    """Fills each block with what the first of a template's layers that has it says. Raises _Bound."""

    def __init__(self, layers: list[_Layer]) -> None:
        self._trees = [layer.tree for layer in layers]
        self._blocks: dict[str, list[nodes.Block]] = {}
        for layer in layers:
            for block in layer.blocks:
                self._blocks.setdefault(block.name, []).append(block)

    def whole(self) -> nodes.Template:
        """Give the last layer, filled."""
        *derived, last = self._trees
        before = [node for tree in derived for node in tree.body if isinstance(node, _NAMING)]
        # Within a scope, names are plain variables, which Jinja does not export.
        return nodes.Template([nodes.Scope([*before, *self._all(last.body, ())])], lineno=1)

    def _all(self, body: list[nodes.Node], inside: tuple[nodes.Block, ...]) -> list[nodes.Node]:
        return [each for node in body for each in self._filled(node, inside)]

    def _filled(self, node: nodes.Node, inside: tuple[nodes.Block, ...]) -> list[nodes.Node]:
        if isinstance(node, nodes.Block):
            return self._body(self._blocks[node.name], 0, inside)
        if isinstance(node, nodes.Output):
            return self._parents(inside) if _is_super(node.nodes[0]) else [node]
        if not isinstance(node, nodes.Stmt):
            return [node]
        filled = copy(node)
        for name, value in node.iter_fields():
            if isinstance(value, list):
                setattr(filled, name, self._all(value, inside))
        return [filled]

    def _parents(self, inside: tuple[nodes.Block, ...]) -> list[nodes.Node]:
        if not inside:
            raise _Bound
        chain = self._blocks[inside[-1].name]
        return self._body(chain, chain.index(inside[-1]) + 1, inside)

    def _body(self, chain: list[nodes.Block], rank: int, inside: tuple[nodes.Block, ...]) -> list[nodes.Node]:
        if rank == len(chain) or chain[rank].required or chain[rank] in inside:
            raise _Bound
        return [nodes.Scope(self._all(chain[rank].body, (*inside, chain[rank])))]
