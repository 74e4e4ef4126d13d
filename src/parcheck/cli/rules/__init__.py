# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules`: one module per command for those who read and those who own the criteria."""

from __future__ import annotations

import click

from parcheck.cli.rules.checklist import checklist
from parcheck.cli.rules.diff import diff
from parcheck.cli.rules.importing import import_
from parcheck.cli.rules.lint import lint
from parcheck.cli.rules.listing import list_
from parcheck.cli.rules.new import new
from parcheck.cli.rules.schema import schema
from parcheck.cli.rules.sheet import sheet
from parcheck.cli.rules.show import show
from parcheck.cli.rules.testing import test


@click.group(short_help="Xem và kiểm tra các bộ tiêu chí.")
def rules() -> None:
    """Xem và kiểm tra các bộ tiêu chí."""


for _each in (list_, show, lint, sheet, diff, checklist, test, new, schema, import_):
    rules.add_command(_each)
