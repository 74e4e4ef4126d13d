# SPDX-License-Identifier: Apache-2.0
"""Raises in every hook."""

from __future__ import annotations

import parcheck


def _fail(hook):
    raise RuntimeError(f"fails in {hook}")


@parcheck.hookimpl
def parcheck_identify(path, head):
    _fail("identify")


@parcheck.hookimpl
def parcheck_open(path, media_type):
    _fail("open")


@parcheck.hookimpl
def parcheck_facts():
    _fail("facts")


@parcheck.hookimpl
def parcheck_keywords():
    _fail("keywords")


@parcheck.hookimpl
def parcheck_crosschecks():
    _fail("crosschecks")


@parcheck.hookimpl
def parcheck_catalogue():
    _fail("catalogue")


@parcheck.hookimpl
def parcheck_packs():
    _fail("packs")


@parcheck.hookimpl
def parcheck_submission(path, overrides):
    _fail("submission")


@parcheck.hookimpl
def parcheck_reports():
    _fail("reports")
