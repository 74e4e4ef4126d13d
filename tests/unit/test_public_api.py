# SPDX-License-Identifier: Apache-2.0
"""The public API: flat, documented, light to import; and the hooks, the only thing a plugin author must read."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import parcheck
from parcheck import hookspecs

SOURCE = Path(parcheck.__file__).parent
HOOKS = sorted(name for name, _ in inspect.getmembers(hookspecs, inspect.isfunction) if name.startswith("parcheck_"))
NOT_NAMED = {("ReadingStore", "StoreInfo")}
"""What only `parcheck cache` asks for."""
HEAVY = ("pluggy", "jsonschema", "pypdfium2", "pdfplumber", "docx", "lxml", "rich", "click", "yaml", "rapidfuzz")


@pytest.mark.parametrize("name", parcheck.__all__)
def test_what_is_public_can_be_imported_and_is_documented(name):
    value = getattr(parcheck, name)
    assert inspect.getdoc(value)
    if not inspect.isclass(value) and not inspect.isfunction(value):
        return
    assert value.__module__.startswith("parcheck.")


def test_the_names_are_sorted_and_each_has_one_home():
    assert parcheck.__all__ == sorted(parcheck.__all__)
    assert dir(parcheck) == sorted(parcheck.__all__)
    homes = [name for names in parcheck._HOME.values() for name in names]
    assert sorted(homes) == parcheck.__all__


def test_type_checkers_see_the_names_that_are_loaded_late():
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == parcheck._MODULES


def test_what_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = parcheck.no_such_name


def classes():
    """Return the classes of parcheck by name; what only the command line uses is left out."""
    found = {}
    for module in pkgutil.walk_packages(parcheck.__path__, "parcheck."):
        if not module.name.startswith(("parcheck.cli", "parcheck.__main__", "parcheck.reading.worker")):
            for name, value in vars(importlib.import_module(module.name)).items():
                if inspect.isclass(value) and value.__module__.startswith("parcheck.") and not name.startswith("_"):
                    found.setdefault(name, value)
    return found


def given_by(value):
    """Yield the annotations of what a public name gives: its fields, its properties, what its methods return."""
    if inspect.isclass(value):
        yield from vars(value).get("__annotations__", {}).values()
        for name, member in vars(value).items():
            inside = (getattr(member, kind, None) for kind in ("fget", "func", "__func__"))
            inner = next(filter(None, inside), member)
            if not name.startswith("_") and inspect.isfunction(inner):
                yield inner.__annotations__.get("return", "")
    elif inspect.isfunction(value):
        yield from value.__annotations__.values()


def test_what_public_names_give_and_take_is_public():
    """Who is handed a value can name its class, to tell kinds apart and to annotate."""
    known = classes()
    missing = {
        (name, word)
        for name in parcheck.__all__
        for annotation in given_by(getattr(parcheck, name))
        for word in re.findall(r"[A-Za-z_]\w*", str(annotation))
        if word in known and word not in parcheck.__all__
    }
    assert missing == NOT_NAMED


def test_what_hooks_return_is_public():
    for hook in HOOKS:
        for name in re.findall(r"`parcheck\.([\w.]+)`", inspect.getdoc(getattr(hookspecs, hook))):
            assert name in parcheck.__all__, (hook, name)
        returned = getattr(hookspecs, hook).__annotations__["return"]
        assert {word for word in re.findall(r"[A-Za-z_]\w*", returned) if word in classes()} <= set(parcheck.__all__)


@pytest.mark.parametrize("function", ["check", "check_many", "read", "load_pack", "sort"])
def test_functions_say_what_they_take_give_and_raise(function):
    value = getattr(parcheck, function)
    doc = inspect.getdoc(value)
    for parameter in inspect.signature(value).parameters:
        assert parameter in doc or function == "load_pack"
    assert "Raises:" in doc or "Returns:" in doc
    optional = list(inspect.signature(value).parameters.values())[2 if "rules" in doc else 1 :]
    assert all(parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD) for parameter in optional)


def test_every_option_says_what_it_is():
    """`check` and `check_many` take the same options, described once."""
    source = inspect.getsource(parcheck.Options)
    for name in parcheck.Options.__annotations__:
        assert re.search(rf'    {name}: .*\n    """[A-Z].*', source)


def test_importing_parcheck_loads_nothing_heavy():
    """A portal pays for what it uses."""
    code = f"import sys, parcheck; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_says_when_where_what_and_shows_how(hook):
    doc = inspect.getdoc(getattr(hookspecs, hook))
    for words in ("When called:", "In which process:", "Returns:", "May raise:", "Example::", "@hookimpl"):
        assert words in doc
    assert f"def {hook}(" in doc
    assert "worker" in doc or "the caller's" in doc


@pytest.mark.parametrize("hook", HOOKS)
def test_the_example_of_a_hook_has_its_arguments(hook):
    spec = getattr(hookspecs, hook)
    example = inspect.cleandoc(inspect.getdoc(spec).split("Example::")[1])
    function = next(node for node in ast.walk(ast.parse(example)) if isinstance(node, ast.FunctionDef))
    assert function.name == hook
    assert [argument.arg for argument in function.args.args] == list(inspect.signature(spec).parameters)


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_called(hook):
    """By the name in quotation marks: a hook that nothing calls is a promise that nobody keeps."""
    users = [
        file
        for file in SOURCE.rglob("*.py")
        if file.name != "hookspecs.py" and f'"{hook}"' in file.read_text(encoding="utf-8")
    ]
    assert users


def test_every_hook_called_is_specified():
    called = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("call", "collect") and node.args:
                called |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    assert {name for name in called if str(name).startswith("parcheck_")} == set(HOOKS)


def test_what_ships_is_found_as_a_third_party_s(session):
    shipped = [info for info in session.plugins if info.distribution == "parcheck"]
    assert {hook for info in shipped for hook in info.hooks} >= set(HOOKS) - {"parcheck_catalogue"}
    assert all(info.module.startswith(("parcheck_plugins", "parcheck_rules")) for info in shipped)
