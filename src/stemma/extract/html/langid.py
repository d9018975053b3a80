"""py3langid's model without its weight: mapped from a file that has no name any more, instead of held in memory.

The tables have 68 MB, and a text touches some hundred rows of them. Mapped, they are pages of a file that the system may take
back at any time, and they are given back at rest: then 10 MB stay. The tables and the verdicts are py3langid's.
"""

from __future__ import annotations

import lzma
import mmap
import shutil
import struct
import tempfile
import zipfile
from functools import cache, partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from stemma.text.resting import on_rest

_ON_DISK = "/var/tmp"  # noqa: S108 - a file without a name; /tmp is memory on many systems
_LOCAL_HEADER = 30
"""Bytes of a zip member's own header before its name (APPNOTE 6.3.10, section 4.3.7)."""


@cache
def load_identifier() -> Any:
    """py3langid's identifier with its tables mapped; as py3langid loads it where the model has another form than known."""
    try:
        return _map_identifier(MODEL_DIR / MODEL_FILE)
    except (KeyError, ValueError, OSError):
        return LanguageIdentifier.from_model_file(MODEL_FILE)


def _map_identifier(path: Path) -> Any:
    place = _ON_DISK if Path(_ON_DISK).is_dir() else None
    with tempfile.TemporaryFile(dir=place) as unpacked:
        with lzma.open(path) as packed:
            shutil.copyfileobj(packed, unpacked, length=1 << 20)
        unpacked.flush()
        held = mmap.mmap(unpacked.fileno(), 0, access=mmap.ACCESS_READ)
        if hasattr(mmap, "MADV_DONTNEED"):
            on_rest(partial(held.madvise, mmap.MADV_DONTNEED))
        arrays = {
            info.filename.removesuffix(".npy"): _map_array(unpacked, held, info)
            for info in zipfile.ZipFile(unpacked).infolist()
        }
    return LanguageIdentifier(
        arrays["ptc"],
        np.array(arrays["pc"]),
        arrays["classes"].tolist(),
        _view(arrays["nextmove"]),
        _view(arrays["out_feat"]),
        tk_row=arrays["nextmove_row"].tolist(),
    )


def _view(array: np.ndarray[Any, Any]) -> memoryview:
    """A view of its bytes as numbers: single numbers are read from it, which numpy does slowly. They may stand at any byte."""
    if not array.dtype.isnative:
        raise ValueError("the model is of another machine")
    return array.view(np.uint8).data.cast("B").cast(array.dtype.char)


def _map_array(unpacked: BinaryIO, held: mmap.mmap, info: zipfile.ZipInfo) -> np.ndarray[Any, Any]:
    """One member of the archive as an array on the mapped bytes."""
    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError("the model is packed in another way")
    unpacked.seek(info.header_offset)
    name, extra = struct.unpack("<HH", unpacked.read(_LOCAL_HEADER)[26:])
    unpacked.seek(info.header_offset + _LOCAL_HEADER + name + extra)
    version = np.lib.format.read_magic(unpacked)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = read(unpacked)
    if fortran or dtype.hasobject:
        raise ValueError("the model's tables have another form")
    count = int(np.prod(shape))
    return np.frombuffer(held, dtype=dtype, count=count, offset=unpacked.tell()).reshape(shape)
