"""The tree of a query: groups and negations of terms, and what walks it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from newscli.entry import Entry
from newscli.query.terms import NOWHERE, Origin, Sql, Term


class And(NamedTuple):
    """All items match; without items, every post does."""

    items: "tuple[Node, ...]"


class Or(NamedTuple):
    """One of the items matches."""

    items: "tuple[Node, ...]"


class Not(NamedTuple):
    """The item does not match."""

    item: "Node"
    origin: Origin = NOWHERE


Node = And | Or | Not | Term

EVERYTHING = And(())


def matches(node: Node, entry: Entry) -> bool:
    """Whether the entry passes."""
    if isinstance(node, And):
        return all(matches(item, entry) for item in node.items)
    if isinstance(node, Or):
        return any(matches(item, entry) for item in node.items)
    if isinstance(node, Not):
        return not matches(node.item, entry)
    return node.matches(entry)


def where(node: Node) -> Sql:
    """The same as SQL, fit to stand beside AND."""
    if isinstance(node, Not):
        sql, parameters = where(node.item)
        return f"NOT {sql}" if isinstance(node.item, And | Or) else f"NOT ({sql})", parameters
    if not isinstance(node, And | Or):
        return node.where()
    if not node.items:
        return "(1)", []
    parts = [where(item) for item in node.items]
    word = " AND " if isinstance(node, And) else " OR "
    return f"({word.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]


def leaves(node: Node, *, negated: bool = False) -> Iterator[tuple[Term, bool]]:
    """The terms from left to right, each with whether it is negated."""
    if isinstance(node, Not):
        yield from leaves(node.item, negated=not negated)
    elif isinstance(node, And | Or):
        for item in node.items:
            yield from leaves(item, negated=negated)
    else:
        yield node, negated


def mapped(node: Node, function: Callable[[Term], Node]) -> Node:
    """The tree with every term replaced by what the function makes of it."""
    if isinstance(node, Not):
        return Not(mapped(node.item, function), node.origin)
    if isinstance(node, And | Or):
        return type(node)(tuple(mapped(item, function) for item in node.items))
    return function(node)


def separate(node: Node) -> Iterator[Not | Term]:
    """The terms and, whole, the negations."""
    if isinstance(node, And | Or):
        for item in node.items:
            yield from separate(item)
    else:
        yield node


def conjunction(*nodes: Node) -> Node:
    """All nodes as one, flat."""
    items = tuple(item for node in nodes for item in (node.items if isinstance(node, And) else (node,)))
    return items[0] if len(items) == 1 else And(items)


def lines(node: Node, *, outermost: bool = False) -> list[str]:
    """The tree in words, a term a line, groups indented; an outermost group of AND is not."""
    if isinstance(node, Not):
        inner = lines(node.item)
        return [f"not {inner[0]}"] if len(inner) == 1 else ["not:", *_indented(inner)]
    if not isinstance(node, And | Or):
        return [node.explain()]
    if not node.items:
        return ["every post"]
    inner = [line for item in node.items for line in lines(item)]
    if isinstance(node, And) and outermost:
        return inner
    return ["all of:" if isinstance(node, And) else "any of:", *_indented(inner)]


def _indented(inner: list[str]) -> list[str]:
    return [f"  {line}" for line in inner]
