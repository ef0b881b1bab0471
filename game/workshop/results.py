"""Results."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def packed(found: Mapping[str, bytes]) -> bytes:
    """Files as a zip. Equal files give an equal zip, with the same library of compression."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in sorted(found):
            file.writestr(ZipInfo(name), found[name], ZIP_DEFLATED)
    return out.getvalue()
