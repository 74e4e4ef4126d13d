# SPDX-License-Identifier: Apache-2.0
"""What is wrong with an HTML page: tags that do not nest, blocks inside sentences, links that lead nowhere or out."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
PHRASING_ONLY = frozenset(
    {"p", "span", "b", "strong", "bdi", "a", "button", "label", "dt", "figcaption", "legend", "code"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {"div", "p", "ul", "ol", "li", "dl", "section", "details", "table", "figure", "fieldset", "pre"}
REFERENCES = frozenset({"aria-labelledby", "aria-describedby", "for"})
URLS = frozenset({"src", "href", "action", "data", "poster", "srcset", "formaction"})


class Page(HTMLParser):
    """A page taken apart: its tags in order, its text, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._wanted: set[str] = set()
        self.feed(text)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self._open]
        self.faults += [f"no such place: {name}" for name in sorted(self._wanted - self._ids)]

    @property
    def text(self) -> str:
        """All words outside scripts and styles."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        if tag in BLOCKS:
            inside = [each for each in self._open if each in PHRASING_ONLY or each in HEADINGS]
            if inside and not (tag in HEADINGS and inside == ["summary"]):
                self.faults.append(f"<{tag}> inside <{inside[-1]}> at {self.getpos()}")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes something else")

    def handle_data(self, data):
        if not self._open or self._open[-1] not in ("script", "style"):
            self.words.append(data)

    def handle_comment(self, data):
        self.faults.append(f"comment: {data[:60]}")

    def _attribute(self, tag, name, value):
        if name == "id":
            if value in self._ids:
                self.faults.append(f"twice: {value}")
            self._ids.add(value)
        if name in REFERENCES:
            self._wanted.update(value.split())
        if name.startswith("on") or name == "style":
            self.faults.append(f"{name} on <{tag}>")
        if name in URLS:
            if value.startswith("#"):
                self._wanted.add(value[1:])
            elif not value.startswith("data:") and ("/" in value or ":" in value or not value.endswith(".html")):
                self.faults.append(f"leads out: {value[:80]}")
