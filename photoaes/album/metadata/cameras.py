"""Names of cameras as people say them, from what firms write into files."""

from __future__ import annotations

import re

# What firms append to their names, in all their spellings.
_FIRM = re.compile(
    r"[\s,.]+(?:corporation|corp|company|co|ltd|limited|inc|ag|gmbh|electronics|electric|computer"
    r"|(?:optical|imaging|camera)(?=[\s,.]+(?:co|corp|ag|ltd)))\b.*$",
    re.IGNORECASE,
)
_OTHER_NAMES = {
    "eastman kodak": "Kodak",
    "fuji photo film": "Fujifilm",
    "seiko epson": "Epson",
    "asahi": "Pentax",
    "hewlett-packard": "HP",
    "konica minolta": "Konica Minolta",
    "hmd global": "Nokia",
}
_LONGEST_ACRONYM = 3  # HTC, LG, DJI, HP


def clean_make(make: str | None) -> str | None:
    """`Nikon` for "NIKON CORPORATION", `Olympus` for "OLYMPUS OPTICAL CO.,LTD"."""
    if make is None:
        return None
    short = _FIRM.sub("", make).strip(" ,.") or make
    known = _OTHER_NAMES.get(short.lower())
    if known:
        return known
    if short.islower() or (short.isupper() and len(short) > _LONGEST_ACRONYM):
        return short.title()
    return short


def clean_model(make: str | None, model: str | None) -> str | None:
    """`D70` for "NIKON D70" by "NIKON CORPORATION": the make is not said twice."""
    if model is None or make is None:
        return model
    for said in (make, clean_make(make) or "", make.split()[0]):
        if model.lower().startswith(said.lower() + " "):
            return model[len(said) :].strip() or model
    return model
