# SPDX-License-Identifier: Apache-2.0
"""The trust roots that the user gives, and what a chain is held against. Nothing is trusted by default.

`PARCHECK_TRUST_ROOTS` names PEM or DER files, or folders of them, separated as in PATH. Certificates that issued
themselves are roots; all others only help to build chains.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from asn1crypto import x509  # type: ignore[import-untyped]
    from pyhanko_certvalidator import ValidationContext

VARIABLE: Final = "PARCHECK_TRUST_ROOTS"
_SUFFIXES: Final = (".pem", ".crt", ".cer", ".der")
_MAX_FILES: Final = 500
_MAX_BYTES: Final = 1024 * 1024
_WEAK: Final = frozenset({"md2", "md5"})
"""SHA-1 is a fact to report (half of the real signatures use it), not a reason to break a chain."""


@dataclass(frozen=True, slots=True)
class Roots:
    """Certificates given by the user."""

    roots: tuple[x509.Certificate, ...] = ()
    others: tuple[x509.Certificate, ...] = ()
    """Intermediate authorities: Vietnamese signatures often hold the signer's own certificate only."""


def _files() -> tuple[Path, ...]:
    found: list[Path] = []
    for name in os.environ.get(VARIABLE, "").split(os.pathsep):
        path = Path(name)
        if not name:
            continue
        if path.is_dir():
            found += sorted(p for p in path.iterdir() if p.suffix.lower() in _SUFFIXES)
        else:
            found.append(path)
    return tuple(found[:_MAX_FILES])


def _state() -> tuple[tuple[Path, int, int], ...]:
    """Return the files with what shows that they changed."""
    states = []
    for path in _files():
        try:
            stat = path.stat()
        except OSError:
            continue
        if stat.st_size <= _MAX_BYTES:
            states.append((path, stat.st_size, stat.st_mtime_ns))
    return tuple(states)


def fingerprint() -> str:
    """Return a short digest of the files given, "" for none: with other roots the same file gives another fact."""
    return _fingerprint(_state())


def load() -> Roots:
    """Return the certificates given; files that hold none, or cannot be read, give none."""
    return _load(_state())


@lru_cache(maxsize=4)
def _fingerprint(state: tuple[tuple[Path, int, int], ...]) -> str:
    if not state:
        return ""
    digest = hashlib.sha256()
    for path, _, _ in state:
        digest.update(_read(path))
    return digest.hexdigest()[:12]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@lru_cache(maxsize=4)
def _load(state: tuple[tuple[Path, int, int], ...]) -> Roots:
    from asn1crypto import pem

    roots: list[x509.Certificate] = []
    others: list[x509.Certificate] = []
    for path, _, _ in state:
        data = _read(path)
        try:
            ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        except ValueError:
            continue
        for der in ders:
            certificate = _certificate(der)
            if certificate is not None:
                (roots if certificate.self_issued else others).append(certificate)
    return Roots(tuple(roots), tuple(others))


def _certificate(der: bytes) -> x509.Certificate | None:
    from asn1crypto import x509

    try:
        certificate = x509.Certificate.load(der, strict=True)
        # The parser is lazy: these raise now instead of in the middle of a chain.
        certificate.subject.native, certificate.public_key.native  # noqa: B018
    except (ValueError, TypeError, KeyError):
        return None
    return certificate


def context(given: Roots, moment: dt.datetime | None) -> ValidationContext:
    """Return what a chain is validated against: the roots given, at a moment, offline, revocation not checked."""
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

    policy = DisallowWeakAlgorithmsPolicy(  # type: ignore[no-untyped-call]
        weak_hash_algos=_WEAK, rsa_key_size_threshold=1024, dsa_key_size_threshold=1024
    )
    return ValidationContext(
        trust_roots=list(given.roots),
        other_certs=list(given.others),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        algorithm_usage_policy=policy,
    )
