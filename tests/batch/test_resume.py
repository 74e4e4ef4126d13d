# SPDX-License-Identifier: Apache-2.0
"""A run that is killed at any moment goes on where it stopped and ends with the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("resumable.py")


class Runner:
    """Starts the script on one province."""

    def __init__(self, root, pack, out, log):
        out.mkdir()
        self.out, self.log = out, log
        self.command = [sys.executable, str(SCRIPT), str(root), str(pack), str(out)]
        self.environment = {
            **os.environ,
            "COUNTED_LOG": str(log),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }

    def start(self):
        return subprocess.Popen(
            self.command, env=self.environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def finish(self):
        process = self.start()
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err

    def report(self):
        data = json.loads((self.out / "report.json").read_text(encoding="utf-8"))
        data.pop("run")
        return json.dumps(data, ensure_ascii=False)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows; the files are the same")
def test_killed_at_random_moments_it_ends_with_the_same_bytes(province, pack_folder, tmp_path):
    root = province(units=8, files=12)
    undisturbed = Runner(root, pack_folder, tmp_path / "whole", tmp_path / "whole.log")
    began = time.monotonic()
    undisturbed.finish()
    lasting = time.monotonic() - began
    wanted = undisturbed.report()

    killed = Runner(root, pack_folder, tmp_path / "killed", tmp_path / "killed.log")
    moments = random.Random(20260101)  # noqa: S311 - no secret
    for _ in range(4):
        process = killed.start()
        time.sleep(moments.uniform(0.2, 0.7) * lasting)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (killed.out / "report.json").exists():
            # On a machine that got faster meanwhile the run had ended: there is nothing to go on with.
            break
    else:
        killed.finish()
        assert [path.name for path in killed.out.iterdir()] == ["report.json"]
    assert killed.report() == wanted
    # What was being read when the run was killed is read again, once per worker and kill; nothing else is.
    times = Counter(killed.log.read_text(encoding="utf-8").split("\n"))
    times.pop("", None)
    assert len(times) == 8 * 12
    assert sum(count - 1 for count in times.values()) <= 4 * 2
