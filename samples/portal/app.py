# SPDX-License-Identifier: Apache-2.0
"""A portal that checks what units upload, in under a hundred lines: `uvicorn samples.portal.app:app`.

GET  /                  a form: unit, set of criteria, a ZIP of the unit's folder
POST /check             the report, as JSON or as a page
GET  /progress/{run}    how far a run is, for the page to show

Each upload is checked in a thread of its own, the files in worker processes with limits on time and memory; a client
that goes away ends its run. `session` is shared: it holds no state that changes. Only sets that are offered are taken.
"""

from __future__ import annotations

import asyncio
import io
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

import parcheck

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES = 500 * 1024 * 1024
MEDIA = {"html": "text/html", "json": "application/json"}
AT_ONCE = asyncio.Semaphore(2)
session = parcheck.Session()
OWN = Path(__file__).parents[1] / "rules"
SETS = {name: name for name in session.packs()} | {pack.parent.name: pack.parent for pack in OWN.glob("*/pack.yaml")}
runs: dict[str, parcheck.Progress] = {}

FORM = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Kiểm tra tài liệu kiểm chứng</title>
<h1>Kiểm tra tài liệu kiểm chứng</h1><form method="post" action="/check" enctype="multipart/form-data">
<p><label>Đơn vị <input name="unit"></label><p><label>Bộ tiêu chí <select name="rules">SETS</select></label>
<p><label>Tệp ZIP của thư mục hồ sơ <input type="file" name="folder" accept=".zip" required></label>
<p><button>Kiểm tra</button></form></html>"""


async def form(_: Request) -> Response:
    return HTMLResponse(FORM.replace("SETS", "".join(f"<option>{name}" for name in sorted(SETS))))


async def check(request: Request) -> Response:
    """Check an upload and answer with the report."""
    async with request.form(max_files=1) as data:
        upload, rules = data.get("folder"), SETS.get(str(data.get("rules")))
        if rules is None or not isinstance(upload, UploadFile):
            return JSONResponse({"error": f"Cần chọn tệp ZIP và một bộ tiêu chí: {', '.join(sorted(SETS))}."}, 422)
        if (upload.size or 0) > MOST_BYTES:
            return JSONResponse({"error": f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB."}, 413)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "ho-so.zip")
            with folder.open("wb") as stream:
                await asyncio.to_thread(shutil.copyfileobj, upload.file, stream)
            cancel, run = threading.Event(), str(data.get("run", ""))
            options = {"unit": data.get("unit") or None, "cache": True, "cancel": cancel}
            options["progress"] = lambda progress: runs.update({run: progress})
            try:
                async with AT_ONCE:
                    checking = asyncio.to_thread(session.check, folder, rules, **options)
                    report = await _unless_gone(request, asyncio.ensure_future(checking), cancel)
            except parcheck.ParcheckError as error:
                return JSONResponse({"error": error.say("vi")}, 422)
            finally:
                # Also when this task is cancelled: the thread ends by this.
                cancel.set()
                runs.pop(run, None)
            name = "html" if "text/html" in request.headers.get("accept", "") else "json"
            return Response(_written(report, name), media_type=MEDIA[name])


async def _unless_gone(request: Request, checking: asyncio.Future, cancel: threading.Event) -> parcheck.Report:
    """Wait for the report; when the client goes away the run is told to stop, and raises `parcheck.Cancelled`."""
    while not (await asyncio.wait({checking}, timeout=0.5))[0]:
        if await request.is_disconnected():
            cancel.set()
    return await checking


async def progress(request: Request) -> Response:
    now = runs.get(request.path_params["run"])
    return JSONResponse({"done": now.files_done, "files": now.files} if now else {})


def _written(report: parcheck.Report, name: str) -> str:
    formats = {each.name: each for each in session.plugins.collect("parcheck_reports", parcheck.ReportFormat)[0]}
    formats.get(name, formats["json"]).write(report, session.catalogue, "vi", stream := io.StringIO())
    return stream.getvalue()


app = Starlette(routes=[Route("/", form), Route("/check", check, methods=["POST"]), Route("/progress/{run}", progress)])
