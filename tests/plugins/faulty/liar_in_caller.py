# SPDX-License-Identifier: Apache-2.0
"""Gives plain strings where keywords, checks, formats, readers and folders are expected."""

from __future__ import annotations

import parcheck


@parcheck.hookimpl
def parcheck_facts():
    return ["no reader"]


@parcheck.hookimpl
def parcheck_keywords():
    return ["no keyword"]


@parcheck.hookimpl
def parcheck_crosschecks():
    return ["no check"]


@parcheck.hookimpl
def parcheck_reports():
    return ["no format"]


@parcheck.hookimpl
def parcheck_packs():
    return ["no folder"]


@parcheck.hookimpl
def parcheck_catalogue():
    return ["no catalogue"]
