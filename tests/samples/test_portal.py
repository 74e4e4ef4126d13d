# SPDX-License-Identifier: Apache-2.0
"""The example portal: uploads are checked inside an async framework, and bad ones get a sentence."""

from __future__ import annotations

import asyncio
import io
import threading
import time
import zipfile
from pathlib import Path

import pytest
from samples.portal.app import _unless_gone, app
from starlette.testclient import TestClient

SAMPLES = Path(__file__).parents[2] / "samples"
RULES = "par-so-mau-2025"


def zipped(folder):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return stream.getvalue()


@pytest.fixture(scope="module")
def client():
    with TestClient(app) as made:
        yield made


@pytest.fixture(scope="module")
def upload():
    return {"folder": ("ho-so.zip", zipped(SAMPLES / "so-noi-vu-truong-giang"), "application/zip")}


def test_a_form_is_shown(client):
    form = client.get("/").text
    assert 'name="folder"' in form
    assert all(f"<option>{name}" in form for name in (RULES, "par-tinh-2025"))


def test_an_upload_gets_its_report(client, upload):
    answer = client.post("/check", files=upload, data={"rules": RULES, "run": "1"})
    assert answer.status_code == 200
    (submission,) = answer.json()["submissions"]
    assert submission["ready"] is True
    assert client.get("/progress/1").json() == {}


def test_a_bad_upload_and_an_unknown_set_get_a_sentence(client, upload):
    answer = client.post("/check", files={"folder": ("a.zip", b"no zip", "application/zip")}, data={"rules": RULES})
    assert answer.status_code == 422
    assert "Traceback" not in answer.text
    answer = client.post("/check", files=upload, data={"rules": "khong-co"})
    assert answer.status_code == 422
    assert RULES in answer.json()["error"]
    assert client.post("/check", data={"rules": RULES}).status_code == 422


def test_a_folder_of_the_server_is_no_set(client, upload):
    for path in (SAMPLES / "rules" / RULES, f"../samples/rules/{RULES}"):
        answer = client.post("/check", files=upload, data={"rules": str(path)})
        assert answer.status_code == 422
        assert str(path) not in answer.text


def test_a_browser_gets_a_page_and_a_program_json(client, upload):
    page = client.post("/check", files=upload, data={"rules": RULES}, headers={"accept": "text/html,*/*"})
    assert page.headers["content-type"].startswith("text/html")
    assert page.text.startswith("<!doctype html>")
    data = client.post("/check", files=upload, data={"rules": RULES})
    assert data.headers["content-type"] == "application/json"


def test_a_client_that_goes_away_ends_its_run():
    class Gone:
        async def is_disconnected(self):
            return True

    async def run():
        cancel = threading.Event()
        checking = asyncio.ensure_future(asyncio.to_thread(cancel.wait, 30))
        assert await _unless_gone(Gone(), checking, cancel) is True

    began = time.monotonic()
    asyncio.run(run())
    assert time.monotonic() - began < 10
