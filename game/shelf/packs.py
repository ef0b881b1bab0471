"""Packs: several scenarios in one file, with who wrote them, what may be done with them, and checksums.

A pack is a zip of plain files: `pack.json`, which says what the others are, and scenarios. Nothing in it is ever run.
It is made from a folder with scenarios and a `pack.yaml`:

    name: doors-2026
    version: 1.2
    licence: CC BY 4.0
    authors: [Mara Lind, Ola Berg]

Equal folders give equal packs, to the byte. Importing this module imports pydantic.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict, Field

from engine.scenario import Problem, ScenarioErrors, check_scenario
from engine.scenario import fields as f
from engine.scenario.conditions import Whole
from engine.scenario.forms import filled
from engine.scenario.reading import MOST_BYTES
from game.home.files import names_in, read_regular, write_whole
from game.shelf.scenario_files import PACK_FILE, SUFFIXES, read_bytes, scenario_names
from game.words.errors import Failure, NotFound, SaveError, why_not
from game.words.visible import json_text

MANIFEST: Final = "pack.json"
FORM: Final = 1
MOST_FILES: Final = 200
LARGEST: Final = 32 << 20
"""Bytes of a pack, and of all that is in it."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}\.ya?ml")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class About(Whole):
    """What a folder says of itself in `pack.yaml`."""

    CALLED, SUCH_AS, BEGINS = "what a pack says of itself", "licence: CC BY 4.0", "name: my-pack"

    name: f.Id = Field(description="The pack's own name: small letters, digits, hyphens.")
    version: f.Name = Field(description="Which version this is, such as `1.2`.")
    licence: f.Say = Field(description="What others may do with it, such as `CC BY 4.0`.")
    authors: Annotated[tuple[f.Name, ...], Field(min_length=1, max_length=50), f.Listed()] = Field(
        description="Who wrote it."
    )
    about: f.Briefing | None = Field(None, description="What it is for.")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Contained(_Strict):
    """One scenario of a pack."""

    id: Annotated[str, Field(max_length=40)]
    title: Annotated[str, Field(max_length=80)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(_Strict):
    """`pack.json`: what a pack says of itself."""

    form: int
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    version: Annotated[str, Field(max_length=60)]
    licence: Annotated[str, Field(max_length=300)]
    authors: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=50)]
    about: Annotated[str, Field(max_length=2000)]
    scenarios: Annotated[dict[str, Contained], Field(max_length=MOST_FILES)]


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack says of itself, and the text of each of its files."""

    manifest: Manifest
    texts: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """32 hex digits of all that is in it."""
        every = hashlib.blake2b(digest_size=16)
        for name, text in sorted(self.texts.items()):
            every.update(f"{name} {len(text)} ".encode() + text)
        return every.hexdigest()

    def listing(self) -> bytes:
        """`pack.json`, as it is written."""
        return json_text(self.manifest.model_dump()).encode("ascii") + b"\n"


def packed(folder: Path) -> tuple[bytes, Pack, list[Problem]]:
    """A pack of the scenarios in a folder, and the warnings about them.

    Raises `NotFound` for a folder that cannot be read or has no `pack.yaml`, `ScenarioErrors` for mistakes in that file
    or in a scenario, and `Failure` for what makes no pack.
    """
    says = _about(folder)
    try:
        names = scenario_names(folder)
    except OSError as error:
        raise NotFound(f"The folder {str(folder)!r} cannot be read ({why_not(error)}).") from None
    if not names:
        raise Failure(f"There is no scenario in {str(folder)!r}.")
    if len(names) > MOST_FILES:
        raise Failure(f"A pack has at most {MOST_FILES} scenarios; {str(folder)!r} has {len(names)}.")
    doubts: list[Problem] = []
    texts: dict[str, bytes] = {}
    scenarios: dict[str, Contained] = {}
    for name in names:
        if not _NAME.fullmatch(name):
            raise Failure(f"{name!r} cannot be the name of a file in a pack: use letters, digits, hyphens and dots.")
        texts[name] = read_bytes(folder / name)
        scenarios[name], warnings = _checked(texts[name], str(folder / name))
        doubts += warnings
    _own_ids(scenarios, folder)
    manifest = Manifest(
        form=FORM,
        name=says.name,
        version=says.version,
        licence=says.licence,
        authors=list(says.authors),
        about=says.about or "",
        scenarios=scenarios,
    )
    made = Pack(manifest, texts)
    data = _zipped({MANIFEST: made.listing()} | texts)
    if len(data) > LARGEST:
        raise Failure(f"This pack would have {len(data)} bytes; at most {LARGEST} are allowed.")
    return data, made, doubts


def _about(folder: Path) -> About:
    path = folder / PACK_FILE
    if not folder.is_dir():
        raise NotFound(f"There is no folder {str(folder)!r}.")
    if not path.is_file():
        example = "`name: my-pack`, `version: 1.0`, `licence: CC BY 4.0` and `authors: [Your Name]`"
        raise NotFound(f"A pack says who made it: write a file {str(path)!r} with lines such as {example}.")
    return about(read_bytes(path), str(path))


def about(text: bytes, path: str) -> About:
    """What a `pack.yaml` says. Raises `ScenarioErrors` with what is wrong in it."""
    return filled(text, path, About).sound()


def _checked(text: bytes, path: str) -> tuple[Contained, list[Problem]]:
    scenario, problems = check_scenario(text, path)
    if scenario is None:
        raise ScenarioErrors(problems)
    warnings = [each for each in problems if each.level == "warning"]
    return Contained(id=scenario.id, title=scenario.title, sha256=hashlib.sha256(text).hexdigest()), warnings


def _own_ids(scenarios: Mapping[str, Contained], where: Path) -> None:
    first: dict[str, str] = {}
    for name, each in scenarios.items():
        other = first.setdefault(each.id, name)
        if other != name:
            raise Failure(f"{where / other} and {where / name} have the same id, {each.id}: give one of them another.")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def read_pack(path: Path) -> Pack:
    """A pack as it lies there. Raises `NotFound` if it cannot be read, and `Failure` if it is none, is damaged, was
    made by a later version of the program, or holds a scenario that does not play here."""
    try:
        data = read_regular(path, LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({why_not(error)}).") from None
    if len(data) > LARGEST:
        raise Failure(f"{str(path)!r} is larger than a pack may be ({LARGEST} bytes).")
    try:
        files = _unzipped(data)
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError, zlib.error, RuntimeError):
        raise Failure(f"{str(path)!r} is not a pack of First Visit, or is damaged.") from None
    return _understood(files, path)


def unpacked(folder: Path) -> Pack:
    """A pack that was installed into a folder. Raises `Failure` if it is not as it was then, and `NotFound`."""
    names = [*names_in(folder, SUFFIXES), MANIFEST]
    return _understood({name: read_bytes(folder / name) for name in names}, folder)


def unpack(found: Pack, folder: Path, source: Path) -> None:
    """Put what is in a pack into a folder, whole or not at all. Raises `SaveError`."""
    new = folder.with_name(f".{folder.name}-{os.getpid()}")
    old = folder.with_name(f".{folder.name}-{os.getpid()}-old")
    try:
        shutil.rmtree(new, ignore_errors=True)
        for name, text in found.texts.items():
            write_whole(new / name, text, over=False)
        write_whole(new / MANIFEST, found.listing(), over=False)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(new, ignore_errors=True)
        raise SaveError(f"{str(source)!r} cannot be put into {str(folder)!r} ({why_not(error)}).") from None
    shutil.rmtree(old, ignore_errors=True)


def _understood(files: dict[str, bytes], path: Path) -> Pack:
    """The pack that these files are. Raises `Failure`."""
    try:
        found = json.loads(files.pop(MANIFEST))
        if isinstance(found, dict) and isinstance(found.get("form"), int) and found["form"] > FORM:
            raise Failure(f"{str(path)!r} was made by a later version of First Visit.")
        manifest = Manifest.model_validate(found)
    except (KeyError, ValueError, RecursionError):  # what pydantic raises is a ValueError
        raise Failure(f"{str(path)!r} is not a pack of First Visit, or is damaged.") from None
    if files.keys() != manifest.scenarios.keys():
        odd = min(files.keys() ^ manifest.scenarios.keys())
        raise Failure(f"{str(path)!r} is damaged: {odd!r} is not both in it and listed in it.")
    for name, said in manifest.scenarios.items():
        if hashlib.sha256(files[name]).hexdigest() != said.sha256:
            raise Failure(f"{str(path)!r} is damaged: {name!r} is not what was packed.")
        try:
            here, _ = _checked(files[name], name)
        except ScenarioErrors as error:
            raise Failure(f"{name!r} in {str(path)!r} cannot be played here. {error}") from None
        if (here.id, here.title) != (said.id, said.title):
            raise Failure(f"{str(path)!r} is damaged: {name!r} is not the scenario that it is said to be.")
    _own_ids(manifest.scenarios, path)
    return Pack(manifest, files)


def _unzipped(data: bytes) -> dict[str, bytes]:
    """What is in a zip, by name. Raises ValueError for names and sizes that no pack has, before it unpacks anything."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        names = [each.filename for each in entries]
        if len(names) > MOST_FILES + 1 or len(set(names)) < len(names):
            raise ValueError("too many files, or one twice")
        if any(name != MANIFEST and not _NAME.fullmatch(name) for name in names):
            raise ValueError("a name that no file of a pack has")
        if any(each.file_size > MOST_BYTES for each in entries) or sum(each.file_size for each in entries) > LARGEST:
            raise ValueError("too large")
        found: dict[str, bytes] = {}
        for each in entries:
            with archive.open(each) as file:
                found[each.filename] = file.read(MOST_BYTES + 1)
            if len(found[each.filename]) > MOST_BYTES:
                raise ValueError("larger than it said")
        return found
