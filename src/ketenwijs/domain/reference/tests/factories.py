"""Content folders for tests."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.conf import settings


def content_receiving(agreement: str, folder: Path) -> Path:
    """The content as it is, in a folder of its own, with a complaints program that takes this agreement's complaints."""
    folder.mkdir(exist_ok=True)
    for one in Path(settings.CONTENT_DIR).iterdir():
        if one.name != "complaints":
            (folder / one.name).symlink_to(one.resolve())
    (folder / "complaints").mkdir()
    (folder / "complaints" / "mechanism.yaml").write_text(yaml.safe_dump({"agreements": [agreement]}), "utf-8")
    return folder
