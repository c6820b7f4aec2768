"""What is known of people's taste before anyone has rated, and how far people differ.

    m(x) = mean + z(x) . expert_weights + e(x) . direction

z [n] are the experts' scores in the linear model and e [d] the embedding, both standardised. The
numbers are learned from many people's ratings (`photoaes bank prior`) and lie in the bank's folder.
A bank without them gets a plain prior: all experts in equal parts.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import MANIFEST, Bank, damaged, note_prior
from photoaes.model.taste.tangent import Layout

FILE = "prior.safetensors"
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Spread:
    """Standard deviations in stars.

    Between people: of the mean rating, of how far the general score spreads, and of what the
    embedding adds to it. Within a person: of a rating around what the person thinks of the photo.
    """

    mean: float = 0.67
    slope: float = 0.12
    residual: float = 0.67
    noise: float = 0.82


@dataclass(frozen=True)
class Likeness:
    """How well the general score agrees with people: the mean share of pairs that it orders as
    they do, of how many photos' worth is the knowledge that people are alike in this, and the
    variance of a share from K photos, times K."""

    pairs: float = 0.62
    photos: float = 60.0
    chance: float = 0.2


@dataclass(frozen=True)
class Prior:
    """Centre and scale of experts [n] and embedding [d], the weights of m, and the people."""

    expert_centre: Floats
    expert_scale: Floats
    embedding_centre: Floats
    embedding_scale: Floats
    mean: float
    expert_weights: Floats
    direction: Floats
    spread: Spread
    likeness: Likeness

    def standardised(self, layout: Layout, features: NDArray[np.float16]) -> tuple[Floats, Floats]:
        """z [N, n] and e [N, d]."""
        z = (layout.experts(features) - self.expert_centre) / self.expert_scale
        e = (layout.embeddings(features) - self.embedding_centre) / self.embedding_scale
        return z, e

    def general(self, z: Floats, e: Floats) -> Floats:
        """m [N] in stars."""
        scores: Floats = np.float32(self.mean) + z @ self.expert_weights + e @ self.direction
        return scores


def plain_prior(layout: Layout, features: NDArray[np.float16], slope: float = 0.5) -> Prior:
    """For a bank that brings none: standardised over these photos, experts in equal parts.

    The general score spreads over `slope` stars, one standard deviation of these photos.
    """
    experts, embeddings = layout.experts(features), layout.embeddings(features)
    expert_scale, embedding_scale = _scale(experts), _scale(embeddings)
    together = ((experts - experts.mean(axis=0)) / expert_scale).sum(axis=1).std()
    return Prior(
        experts.mean(axis=0),
        expert_scale,
        embeddings.mean(axis=0),
        embedding_scale,
        3.0,
        np.full(len(layout.tasks), slope / max(float(together), 1e-6), dtype=np.float32),
        np.zeros(layout.embed_dim, dtype=np.float32),
        Spread(),
        Likeness(),
    )


def save_prior(bank: Bank, prior: Prior) -> Bank:
    """Put it into the bank's folder, over an earlier one, and return the bank with its hash."""
    scalars = [prior.mean, *astuple(prior.spread), *astuple(prior.likeness)]
    partial = bank.folder / f"{FILE}.partial"
    data = save({**_arrays(prior), "scalars": np.array(scalars, dtype=np.float32)})
    partial.write_bytes(data)
    partial.replace(bank.folder / FILE)
    return note_prior(bank, hashlib.sha256(data).hexdigest())


def read_prior(bank: Bank) -> Prior | None:
    """The prior in the bank's folder, None if it brings none. Raises BankInvalid if it is missing,
    broken, not the one of the manifest, or was made for other tasks or another backbone."""
    path = bank.folder / FILE
    try:
        data = path.read_bytes()
        if bank.prior_sha256 and hashlib.sha256(data).hexdigest() != bank.prior_sha256:
            raise damaged(path)
        found = load(data)
    except FileNotFoundError as error:
        if not bank.prior_sha256:
            return None
        raise BankInvalid(
            f"The bank {bank.name} lacks {FILE}, which is in its {MANIFEST}. "
            "Install the bank again.",
            path,
        ) from error
    except (OSError, SafetensorError) as error:
        raise BankInvalid(f"The bank's file {FILE} cannot be read: {error}.", path) from error
    count, d = len(bank.tasks), bank.backbone.embed_dim
    shapes = {name: (count,) if name.startswith("expert") else (d,) for name in ARRAYS}
    if {name: array.shape for name, array in found.items()} != {**shapes, "scalars": (8,)}:
        raise BankInvalid(
            f"{FILE} does not fit the bank {bank.name}: make it again with `photoaes bank prior`.",
            path,
        )
    mean, *people = map(float, found.pop("scalars"))
    return Prior(**found, mean=mean, spread=Spread(*people[:4]), likeness=Likeness(*people[4:]))


ARRAYS = (
    "expert_centre",
    "expert_scale",
    "embedding_centre",
    "embedding_scale",
    "expert_weights",
    "direction",
)


def _arrays(prior: Prior) -> dict[str, Floats]:
    return {name: np.ascontiguousarray(getattr(prior, name), np.float32) for name in ARRAYS}


def _scale(values: Floats) -> Floats:
    spread: Floats = values.std(axis=0)
    return np.where(spread > 0, spread, np.float32(1))
