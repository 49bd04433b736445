"""XPath said in CSS, where CSS can say it."""

from __future__ import annotations

import re
from functools import partial
from itertools import product
from typing import Final

__all__ = ["NotCss", "css_of", "tokens"]

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)"""
    r"""|(?P<mark>//|::|\.\.|!=|<=|>=|[/@()\[\],.|=<>+*$-])|(?P<name>[^\W\d][\w.-]*(?::(?!:)(?:\*|[\w.-]+))?))"""
)
_IDENT: Final = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]*")
_TAG: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_DEEPEST: Final = 40
_MOST: Final = 12

_Token = tuple[str, str]


class NotCss(Exception):
    """CSS has no word for it."""


def tokens(text: str) -> list[_Token]:
    """Kind (``literal``, ``number``, ``mark``, ``name``) and text of each token. Raises ``ValueError`` with a phrase."""
    found, at, text = [], 0, text.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"is not XPath from {text[at : at + 20].strip()!r} on")
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        at = token.end()
    return found


def css_of(parts: list[_Token]) -> str:
    """The selector that finds what an XPath expression finds, given its tokens. Raises ``NotCss`` where none does.

    >>> css_of(tokens("//ul/li[last()]"))
    'ul > li:last-of-type'
    """
    from cssselect import HTMLTranslator, SelectorError

    css = _Reader(parts).union()
    try:
        HTMLTranslator().css_to_xpath(css.partition("::attr(")[0])
    except SelectorError as error:
        raise NotCss from error
    return css


class _Reader:
    """Reads the part of XPath that CSS can say; anything else is ``NotCss``."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self, ahead: int = 0) -> str:
        kind, value = self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("", "")
        return value if kind in ("mark", "name") else f"<{kind}>"

    def take(self, kind: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != kind:
            raise NotCss
        self.at += 1
        return self.tokens[self.at - 1][1]

    def expect(self, *values: str) -> None:
        for value in values:
            if self.peek() != value:
                raise NotCss
            self.at += 1

    def skip(self, *values: str) -> bool:
        if all(self.peek(ahead) == value for ahead, value in enumerate(values)):
            self.at += len(values)
            return True
        return False

    def literal(self) -> str:
        return self.take("literal")[1:-1]

    def union(self) -> str:
        found: dict[str, None] = {}
        suffixes = set()
        while True:
            paths, suffix = self.path()
            found.update(dict.fromkeys(paths))
            suffixes.add(suffix)
            if not self.skip("|"):
                break
        if self.at < len(self.tokens) or len(suffixes) > 1 or len(found) > _MOST:
            raise NotCss
        return ", ".join(found) + suffixes.pop()

    def path(self) -> tuple[list[str], str]:
        if self.peek() == "." and self.peek(1) == "//":
            self.at += 1
        if self.skip("/"):
            if self.peek() != "html":
                raise NotCss
        else:
            self.expect("//")
        paths = self.step("")
        while self.peek() in ("/", "//"):
            combinator = " > " if self.skip("/") else " "
            if combinator == " ":
                self.expect("//")
            elif self.skip("@"):
                name = self.take("name")
                return paths, f"::attr({_checked(_IDENT, name)})"
            paths = [path + step for path, step in product(paths, self.step(combinator))]
            if len(paths) > _MOST:
                raise NotCss
        return paths, ""

    def step(self, combinator: str) -> list[str]:
        counted = True
        if self.peek(1) == "::":
            axis = self.take("name")
            self.expect("::")
            if axis == "descendant" and combinator:
                combinator, counted = " ", False
            elif axis == "following-sibling" and combinator == " > ":
                combinator, counted = " ~ ", False
            elif axis != "child":
                raise NotCss
        name = "*" if self.skip("*") else _checked(_TAG, self.take("name"))
        if self.peek() == "(":
            raise NotCss
        options = [""]
        while self.skip("["):
            place = self.position(name) if counted else ""
            counted = False
            more = [place] if place else self.either()
            self.expect("]")
            options = [before + after for before, after in product(options, more)]
            if len(options) > _MOST:
                raise NotCss
        return [combinator + (name if name != "*" or not option else "") + option for option in options]

    def position(self, name: str) -> str:
        """``[1]`` and its like, as a pseudo-class; empty where the predicate is none."""
        kind = "child" if name == "*" else "of-type"
        for last in (("last", "(", ")", "]"), ("position", "(", ")", "=", "last", "(", ")", "]")):
            if self.skip(*last):
                self.at -= 1
                return f":last-{kind}"
        start = self.at
        self.skip("position", "(", ")", "=")
        if self.peek() == "<number>" and self.peek(1) == "]":
            number = self.take("number")
            if not number.isdecimal() or int(number) < 1:
                raise NotCss
            return f":first-{kind}" if int(number) == 1 else f":nth-{kind}({int(number)})"
        self.at = start
        return ""

    def either(self) -> list[str]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotCss
        found = self.both()
        while self.skip("or"):
            found += self.both()
        self.depth -= 1
        return found

    def both(self) -> list[str]:
        found = self.term()
        while self.skip("and"):
            found = [left + right for left, right in product(found, self.term())]
            if len(found) > _MOST:
                raise NotCss
        return found

    def term(self) -> list[str]:
        if self.skip("("):
            inner = self.either()
            self.expect(")")
            return inner
        if self.skip("not", "("):
            inner = self.either()
            self.expect(")")
            if any(
                part.count("[") + part.count("#") + part.count(".") != 1 or ":" in part for part in map(_bare, inner)
            ):
                raise NotCss
            return ["".join(f":not({part})" for part in inner)]
        if self.skip("@"):
            return [self.comparison(self.attribute())]
        for function, mark in (("contains", "*="), ("starts-with", "^=")):
            if self.skip(function, "("):
                read = partial(self.matched, mark)
                return [self.token() if function == "contains" and self.peek() == "concat" else read()]
        raise NotCss

    def attribute(self) -> str:
        return _checked(_IDENT, self.take("name"))

    def comparison(self, name: str) -> str:
        if self.skip("="):
            value = self.literal()
            return f"#{value}" if name == "id" and _IDENT.fullmatch(value) else f"[{name}={_quoted(value)}]"
        if self.skip("!="):
            return f"[{name}]:not([{name}={_quoted(self.literal())}])"
        return f"[{name}]"

    def matched(self, mark: str) -> str:
        self.expect("@")
        name = self.attribute()
        self.expect(",")
        value = self.literal()
        self.expect(")")
        if not value:
            raise NotCss
        return f"[{name}{mark}{_quoted(value)}]"

    def token(self) -> str:
        """``contains(concat(' ', normalize-space(@class), ' '), ' x ')``: a word of an attribute."""
        self.expect("concat", "(")
        before = self.literal()
        self.expect(",")
        wrapped = self.skip("normalize-space", "(")
        self.expect("@")
        name = self.attribute()
        if wrapped:
            self.expect(")")
        self.expect(",")
        after = self.literal()
        self.expect(")", ",")
        value = self.literal()
        self.expect(")")
        word = value[1:-1]
        if (before, after, value) != (" ", " ", f" {word} ") or not word or word.split() != [word]:
            raise NotCss
        return f".{word}" if name == "class" and _IDENT.fullmatch(word) else f"[{name}~={_quoted(word)}]"


def _bare(css: str) -> str:
    """``css`` without what stands in quotes."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', "", css)


def _checked(pattern: re.Pattern[str], name: str) -> str:
    if not pattern.fullmatch(name):
        raise NotCss
    return name


def _quoted(value: str) -> str:
    if not value.isprintable() or "\\" in value:  # cssselect reads a marked backslash as the start of a number
        raise NotCss
    return '"' + value.replace('"', '\\"') + '"'
