# SPDX-License-Identifier: Apache-2.0
"""The command line: one module per command, all of them thin."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import Any

import click

from parcheck.cli.cache import cache
from parcheck.cli.check import check
from parcheck.cli.diff import diff
from parcheck.cli.exits import Exit
from parcheck.cli.explain import explain
from parcheck.cli.options import language_from
from parcheck.cli.plugins import plugins
from parcheck.cli.read import read
from parcheck.cli.rules import rules
from parcheck.cli.sign import sign
from parcheck.cli.sort import sort
from parcheck.cli.verify import verify
from parcheck.errors import ParcheckError

DEBUG_VARIABLE = "PARCHECK_DEBUG"
"""Environment variable: when set, a fault of parcheck itself ends with Python's own trace."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="parcheck", prog_name="parcheck", message="%(prog)s %(version)s")
def command() -> None:
    """Kiểm tra tài liệu kiểm chứng trước khi nộp (checks evidence before it is handed in)."""


for _each in (check, read, rules, plugins, explain, cache, diff, verify, sign, sort):
    command.add_command(_each)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with one of `Exit`."""
    # A short run makes many objects and hardly any garbage in circles: looking for it took a tenth of the time.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit code; every error is a sentence on standard error."""
    language = language_from(arguments)
    try:
        result: Any = command.main(arguments, prog_name="parcheck", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say(ParcheckError("interrupted").say(language))
        return Exit.INTERRUPTED
    except ParcheckError as error:
        _say(error.say(language))
        return Exit.USAGE
    except click.ClickException as error:
        _say(usage_error(error).say(language))
        return Exit.USAGE
    except BrokenPipeError:
        # The reader went away (`parcheck … | head`): nothing is wrong with what was checked.
        sys.stdout = None
        return Exit.USAGE
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        _say(
            ParcheckError("internal", detail=f"{type(error).__name__}: {error}", variable=DEBUG_VARIABLE).say(language)
        )
        return Exit.NOT_CHECKED
    return int(result or 0)


def usage_error(error: click.ClickException) -> ParcheckError:
    """Return click's errors in parcheck's words."""
    match error:
        case click.NoSuchOption():
            return ParcheckError(
                "option-unknown", option=error.option_name, known=", ".join(error.possibilities or ()) or "–"
            )
        case click.MissingParameter():
            parameter = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return ParcheckError("argument-missing", argument=(error.param and error.param.opts[-1]) or parameter)
        case click.BadParameter():
            name = error.param.opts[-1] if error.param else ""
            return ParcheckError("option-value", option=name, allowed=_allowed(error.param and error.param.type))
        case _:
            return ParcheckError("command-unknown", detail=error.format_message())


def _allowed(kind: Any) -> str:
    """Return what an option takes, in a notation that needs no translation."""
    least = getattr(kind, "min", None)
    if least is not None:
        return f"≥ {least:g}"
    return " | ".join(map(str, getattr(kind, "choices", ()))) or str(getattr(kind, "name", ""))


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
