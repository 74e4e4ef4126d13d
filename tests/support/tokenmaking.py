# SPDX-License-Identifier: Apache-2.0
"""Software tokens (SoftHSM2) with keys and certificates on them; run as a program, since a driver lives in one process.

python tokenmaking.py DRIVER LABEL PIN <<< '[{"label": …, "id": …, "certificate": BASE64, "key": BASE64 or null}]'
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

PLACES = ("/usr/lib/softhsm", "/usr/lib/*/softhsm", "/usr/local/lib/softhsm", "/opt/homebrew/lib/softhsm")
NAMES = ("libsofthsm2.so", "libsofthsm2.dylib")


def driver() -> Path | None:
    """Return SoftHSM2's PKCS#11 library; None where it is not installed."""
    found = (file for place in PLACES for name in NAMES for file in Path("/").glob(f"{place[1:]}/{name}"))
    return next(found, None)


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which SoftHSM2 keeps its tokens in a folder."""
    tokens = folder / "tokens"
    tokens.mkdir(parents=True, exist_ok=True)
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    return {**os.environ, "SOFTHSM2_CONF": str(conf)}


def make_token(folder: Path, label: str, pin: str, *objects: dict[str, str | None]) -> None:
    """Make a token in a folder of tokens, with certificates on it, each with or without its key (PKCS#8)."""
    env = environment(folder)
    init = ("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "87654321")
    subprocess.run(init, env=env, check=True, capture_output=True)
    command = (sys.executable, __file__, str(driver()), label, pin)
    subprocess.run(command, env=env, input=json.dumps(objects), text=True, check=True)


def main(library: str, label: str, pin: str) -> None:
    """Write the objects named on standard input to a token."""
    import pkcs11
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    token = pkcs11.lib(library).get_token(token_label=label)
    with token.open(user_pin=pin, rw=True) as session:
        for each in json.load(sys.stdin):
            common = {Attribute.TOKEN: True, Attribute.LABEL: each["label"], Attribute.ID: each["id"].encode()}
            certificate = decode_x509_certificate(base64.b64decode(each["certificate"]))
            session.create_object({**certificate, **common})
            if each["key"] is not None:
                data = base64.b64decode(each["key"])
                key = decode_ec_private_key(data) if each["kind"] == "ec" else decode_rsa_private_key(data)
                session.create_object({**key, **common, Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True})


if __name__ == "__main__":
    main(*sys.argv[1:])
