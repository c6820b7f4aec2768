"""Where the pretrained weights of open_clip's vision towers come from: its list, or the cache."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoaes.errors import DownloadFailed, InputInvalid, Sentence
from photoaes.model.bank.download import Told, fetched, kept
from photoaes.model.bank.tensor_files import check_tensors
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.layers import open_clip_folder

if TYPE_CHECKING:
    from torch import Tensor

VISUAL = "visual."


def pretrained_weights(
    spec: BackboneSpec, cache: Path | None = None, *, may_download: bool = True
) -> dict[str, Tensor]:
    """The tower's pretrained tensors by name, fetched once through open_clip and then cached.

    As `fetch_pretrained`; without leave to download, DownloadFailed says how to.
    """
    open_clip_folder()  # said in a sentence where it is not
    path = fetch_pretrained(spec, cache) if may_download else _kept(spec, cache)
    found = vision_tensors(_state(path))
    check_tensors(found, path)
    return found


def _state(path: Path) -> Mapping[str, Tensor]:
    """The checkpoint's tensors, mapped where the file is of a kind that can be: the text tower,
    which is as large again, is then never read."""
    import open_clip
    import torch
    from safetensors.torch import load_file

    if path.suffix == ".safetensors":
        return load_file(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except (RuntimeError, ValueError, pickle.UnpicklingError):  # an older kind of file
        state = None
    if isinstance(state, Mapping) and any(str(name).startswith(VISUAL) for name in state):
        return state
    found: Mapping[str, Tensor] = open_clip.factory.load_state_dict(str(path))
    return found


def _kept(spec: BackboneSpec, cache: Path | None) -> Path:
    known = kept(_pretrained_config(spec), cache)
    if known is None:
        raise DownloadFailed(
            Sentence(
                "The weights {0} ({1}) are not on this computer. Download them once: in the window "
                "under Banks, or with `photoaes bank download`.",
                spec.model,
                spec.pretrained or "",
            )
        )
    return known


def fetch_pretrained(
    spec: BackboneSpec, cache: Path | None = None, told: Told | None = None
) -> Path:
    """The file with the pretrained weights, downloaded unless it is there.

    The download goes on where an earlier one broke off, and lands in `cache` or open_clip's own
    folder. Raises DownloadFailed without a network, and InputInvalid for a tag that the model does
    not have.
    """
    config = _pretrained_config(spec)
    missing = f"The weights {spec.model} ({spec.pretrained}) are not on this computer and could not"
    try:
        return fetched(config, cache, told)
    except DownloadFailed as error:
        raise DownloadFailed(f"{missing} be downloaded. {error}") from error
    except InterruptedError:  # who was told wants no more
        raise
    except OSError as error:
        where = config.get("hf_hub") or config.get("url")
        raise DownloadFailed(
            f"{missing} be downloaded from {where}. Connect to the network once, or put the file "
            f"into the cache folder {cache or 'of open_clip'}. The cause: {error}"
        ) from error


def _pretrained_config(spec: BackboneSpec) -> Mapping[str, Any]:
    open_clip_folder()
    import open_clip

    is_known = spec.vision is None and spec.model in open_clip.list_models()
    config = open_clip.get_pretrained_cfg(spec.model, spec.pretrained or "") if is_known else {}
    if not config:
        known = ", ".join(open_clip.list_pretrained_tags_by_model(spec.model)) or "none"
        raise InputInvalid(
            f"open_clip has no weights {spec.pretrained!r} for {spec.model!r}; it has: {known}."
        )
    return dict(config)


def vision_tensors(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Of a whole CLIP checkpoint the vision tower's tensors, without the prefix `visual.`."""
    return {name.removeprefix(VISUAL): t for name, t in state.items() if name.startswith(VISUAL)}
