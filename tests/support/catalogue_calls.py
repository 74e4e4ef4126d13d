# SPDX-License-Identifier: Apache-2.0
"""What the code asks the catalogue for, found by reading it: terms by group and key, and the arguments handed over."""

from __future__ import annotations

import ast
import functools
import re
from dataclasses import dataclass, field

from catalogue_codes import ROOT, SOURCES

from parcheck.catalogue import shipped

SPOKEN = ("ui", "_ui", "phrase")
"""Methods whose first argument is a key of the group "ui", wherever they are."""
TEMPLATE_KEY = re.compile(r"""\b(?:ui|raw)\(\s*["']([\w-]+)["'](\s*~)?""")
TEMPLATE_WORD = re.compile(r"""["']([\w-]+)["']""")


@dataclass(frozen=True)
class Call:
    """One place that asks for words."""

    place: str
    group: str
    keys: frozenset[str]
    """Each key that it may ask for."""
    pattern: str | None
    """In place of keys: a regular expression that they match, where a part is known only when it runs."""
    given: frozenset[str] | None
    """Names of arguments; None where they cannot be told."""


@dataclass
class Source:
    """One file of code."""

    name: str
    tree: ast.Module
    tellers: dict[str, tuple[str, int, bool]] = field(default_factory=dict)
    """Name of a function → (group, position of the key among its arguments, whether it hands all others on)."""


@functools.cache
def sources() -> list[Source]:
    """Return all files of the code, the functions found that pass a key on to one group."""
    found = []
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.py")):
            source = Source(str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8")))
            functions = [node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef)]
            inner = [(each, [node for node in ast.walk(each) if isinstance(node, ast.Call)]) for each in functions]
            while any(_learn(source, function, made) for function, made in inner):
                pass
            found.append(source)
    return found


def _learn(source: Source, function: ast.FunctionDef, made: list[ast.Call]) -> bool:
    """Note a function that passes one of its arguments on as a key; return whether it was not known yet."""
    if function.name in source.tellers:
        return False
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args) if each.arg not in ("self", "cls")]
    for node in made:
        group, key = _asked(source, node)
        if group is not None and isinstance(key, ast.Name) and key.id in names:
            source.tellers[function.name] = (group, names.index(key.id), function.args.kwarg is not None)
            return True
    return False


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _asked(source: Source, call: ast.Call) -> tuple[str | None, ast.expr | None]:
    """Return (group, key) of a call that asks for a term; (None, None) of any other."""
    name = _name(call)
    named = len(call.args) >= 2 and isinstance(call.args[0], ast.Constant) and call.args[0].value in shipped().terms
    if named and name in ("term", *SPOKEN):
        return str(call.args[0].value), call.args[1]
    group, position, _ = source.tellers.get(name, ("ui" if name in SPOKEN else None, 0, True))
    return (group, call.args[position]) if group is not None and len(call.args) > position else (None, None)


def _given(source: Source, call: ast.Call) -> frozenset[str] | None:
    """Return the names of the arguments that reach a term; None where they cannot be told."""
    name = _name(call)
    whole = source.tellers.get(name, ("", 0, name in SPOKEN))[2]
    if not whole or any(each.arg is None for each in call.keywords):
        return None
    return frozenset(each.arg for each in call.keywords if each.arg)


def keys_of(node: ast.expr | None) -> tuple[frozenset[str], str | None]:
    """Return (keys that an argument may be, or the pattern that they match)."""
    match node:
        case ast.Constant(value=str() as text):
            return frozenset({text}), None
        case ast.IfExp():
            (one, first), (other, second) = keys_of(node.body), keys_of(node.orelse)
            return one | other, first or second
        case ast.JoinedStr():
            parts = (re.escape(each.value) if isinstance(each, ast.Constant) else ".+" for each in node.values)
            return frozenset(), "".join(parts)
    return frozenset(), None


def calls() -> list[Call]:
    """Return every place that asks for terms by keys that can be told from the code."""
    found = []
    for source in sources():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call):
                continue
            group, key = _asked(source, node)
            keys, pattern = keys_of(key)
            if group is not None and (keys or pattern):
                found.append(Call(f"{source.name}:{node.lineno}", group, keys, pattern, _given(source, node)))
    for file in sorted((ROOT / "plugins").rglob("*.jinja")):
        for key, more in TEMPLATE_KEY.findall(file.read_text(encoding="utf-8")):
            keys, pattern = (frozenset[str](), f"{re.escape(key)}.+") if more else (frozenset({key}), None)
            found.append(Call(str(file.relative_to(ROOT)), "ui", keys, pattern, None))
    return found


def words() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return (every string of code and templates, patterns of those that are put together when the code runs)."""
    strings: set[str] = set()
    patterns = set()
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                _, pattern = keys_of(node)
                # One that is all blanks and variables would match anything.
                if pattern and re.fullmatch(r"[\w\\.+-]*", pattern) and re.search(r"[a-z]{3}", pattern):
                    patterns.add(pattern)
    for file in (ROOT / "plugins").rglob("*.jinja"):
        strings |= set(TEMPLATE_WORD.findall(file.read_text(encoding="utf-8")))
    return strings, [re.compile(each) for each in sorted(patterns)]


@dataclass(frozen=True)
class Raise:
    """One place that makes an error, a finding or a reason, all arguments in sight."""

    place: str
    kind: str
    code: str
    given: frozenset[str]


KINDS = {
    **dict.fromkeys(("ParcheckError", "BadUsage", "BadPack", "BadSubmission"), "errors"),
    **dict.fromkeys(("UnreadableFile", "Finding"), "findings"),
    "Reason": "reasons",
}


def raises() -> list[Raise]:
    """Return every place where both code and arguments can be told."""
    found = []
    for source in sources():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            kind = KINDS.get(name)
            given = _handed_over(node, name) if kind else None
            if kind and given is not None:
                for code in keys_of(node.args[0])[0]:
                    found.append(Raise(f"{source.name}:{node.lineno}", kind, code, given))
    return found


def _handed_over(node: ast.Call, name: str) -> frozenset[str] | None:
    """Return the names of the arguments; None where they cannot be told."""
    if name in ("Finding", "Reason"):
        data = node.args[1] if len(node.args) > 1 else next((k.value for k in node.keywords if k.arg == "args"), None)
        if data is None:
            return frozenset()
        if not isinstance(data, ast.Dict) or not all(isinstance(key, ast.Constant) for key in data.keys):
            return None
        return frozenset(str(key.value) for key in data.keys if isinstance(key, ast.Constant))
    if any(each.arg is None for each in node.keywords):
        return None
    return frozenset(each.arg for each in node.keywords if each.arg)
