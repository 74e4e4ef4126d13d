# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules`: one module per command for those who read and those who own the criteria."""

from __future__ import annotations

import click

from parcheck.cli.rules.lint import lint
from parcheck.cli.rules.listing import list_
from parcheck.cli.rules.sheet import sheet
from parcheck.cli.rules.show import show


@click.group(short_help="Xem và kiểm tra các bộ tiêu chí.")
def rules() -> None:
    """Xem và kiểm tra các bộ tiêu chí."""


for _each in (list_, show, lint, sheet):
    rules.add_command(_each)
