"""What is known of people's taste before anyone has rated, and how far people differ.

    m(x) = mean + slope (f(x; alpha_0) - centre) + (z(x) - centre_z) . general

f is the score of the model merged at alpha_0 and z [D] are the photo's features (`basis`), so the
general score is a merged model too, with a row of its head. The numbers are learned from many
people's ratings, or without any from what the experts give photos (`photoaes bank prior`), and lie
in the bank's folder. A bank without them gets a plain prior: all experts in equal parts, as they
are in the linear model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import Bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.bank.tensor_files import check_arrays, damaged
from photoaes.model.bank.writing import note_prior
from photoaes.model.paper.companions import is_installed
from photoaes.model.taste.basis import TASKS, Basis
from photoaes.new_files import write_file
from photoaes.plain_files import read_plain

FILE = "prior.safetensors"
MAX_BYTES = 64 << 20
LARGEST = 1e9  # number: one deviation of a feature that hardly varies is a large step
# A bank with a companion has a second prior, for where that is not installed.
ALONE = "alone."
Floats = NDArray[np.float32]
# Of the plain prior, in stars: how far people differ beyond the general score.
PLAIN_ROW, PLAIN_COEFFICIENTS = 0.67, 0.1


@dataclass(frozen=True)
class Spread:
    """Standard deviations in stars.

    Between people: of the mean rating, and of how far the general score spreads. Within a person:
    of a rating around what the person thinks of the photo.
    """

    mean: float = 0.67
    slope: float = 0.12
    noise: float = 0.82


@dataclass(frozen=True)
class GeneralAgreement:
    """How well the general score agrees with people: the mean share of pairs that it orders as
    they do, of how many photos' worth is the knowledge that people are alike in this, and the
    variance of a share from K photos, times K."""

    pairs: float = 0.62
    photos: float = 60.0
    chance: float = 0.2


@dataclass(frozen=True)
class Prior:
    """The general score's parts, and the people. `general`, `centre` and `scale` are [D]: weights
    of m, the features' means, and by how many stars, one deviation, a person may depart from m
    along each of them."""

    mean: float
    slope: float
    score_centre: float
    general: Floats
    centre: Floats
    scale: Floats
    spread: Spread = Spread()
    likeness: GeneralAgreement = GeneralAgreement()

    def general_scores(self, basis: Basis, features: NDArray[np.float16]) -> Floats:
        """The general score m of each photo, [N], in stars."""
        steps = basis.scores(features) - np.float32(self.score_centre)
        z = basis.directions(features) - self.centre
        scores = np.float32(self.mean) + np.float32(self.slope) * steps + z @ self.general
        return scores.astype(np.float32)


def plain_prior(basis: Basis, features: NDArray[np.float16], slope: float = 0.5) -> Prior:
    """For a bank that brings none: standardised over these photos, experts in equal parts.

    The general score spreads over `slope` stars, one standard deviation of these photos.
    """
    scores, z = basis.scores(features), basis.directions(features)
    on_score, general = _equal_parts(basis, scores, z, slope)
    scale: Floats = np.zeros(basis.width, dtype=np.float32)
    rows = sum(not group.is_coefficients for group in basis.groups)
    for group in basis.groups:
        place = basis.places[group.name]
        among = len(basis.groups) - rows if group.is_coefficients else rows
        stars = PLAIN_COEFFICIENTS if group.is_coefficients else PLAIN_ROW
        stars /= float(np.sqrt(group.width * among))
        scale[place] = np.float32(stars) / _spread(z[:, place])
    centre: Floats = z.mean(axis=0, dtype=np.float32)
    return Prior(3.0, on_score, float(scores.mean()), general, centre, scale)


def _equal_parts(basis: Basis, scores: Floats, z: Floats, slope: float) -> tuple[float, Floats]:
    """Weights of f and of z [D] that add up the experts' z-scores, each as in the linear model."""
    general = np.zeros(basis.width, dtype=np.float32)
    if TASKS not in basis.places:
        return slope / max(float(scores.std()), 1e-6), general
    own = z[:, basis.places[TASKS]]
    experts = scores[:, None] + own - own.mean(axis=1, keepdims=True)
    each = np.reciprocal(_spread(experts))
    each *= np.float32(slope / max(float((experts @ each).std()), 1e-6))
    general[basis.places[TASKS]] = each - each.mean()
    return float(each.sum()), general


def save_prior(bank: Bank, prior: Prior, alone: Prior | None = None) -> Bank:
    """Put it into the bank's folder, over an earlier one, and return the bank with its hash."""
    arrays = _arrays(prior, "") | (_arrays(alone, ALONE) if alone else {})
    data = save(arrays)
    write_file(bank.folder / FILE, data, over=True)
    return note_prior(bank, hashlib.sha256(data).hexdigest())


def read_prior(bank: Bank, basis: Basis) -> Prior | None:
    """The prior in the bank's folder, None if it brings none. Raises BankInvalid if it is missing,
    broken, not the one of the manifest, or was made for other features."""
    path = bank.folder / FILE
    found = _read(bank)
    if found is None:
        return None
    is_alone = bool(bank.companion) and not is_installed(bank.companion)
    prefix = ALONE if is_alone else ""
    try:
        general, centre, scale = (found[prefix + name] for name in ("general", "centre", "scale"))
        scalars = found[f"{prefix}scalars"]
        if not general.shape == centre.shape == scale.shape == (basis.width,):
            raise ValueError("made for other features")
        if not all(np.isfinite(array).all() for array in (general, centre, scale, scalars)):
            raise ValueError("not finite")
        mean, slope, score_centre, *people = map(float, scalars)
        spread, likeness = Spread(*people[:3]), GeneralAgreement(*people[3:])
        return Prior(mean, slope, score_centre, general, centre, scale, spread, likeness)
    except (KeyError, ValueError, TypeError) as error:
        raise BankInvalid(
            f"{FILE} does not fit the bank {bank.name}: make it again with `photoaes bank prior`.",
            path,
        ) from error


def _read(bank: Bank) -> Mapping[str, Floats] | None:
    path = bank.folder / FILE
    try:
        data = read_plain(path, MAX_BYTES)
        if bank.prior_sha256 and hashlib.sha256(data).hexdigest() != bank.prior_sha256:
            raise damaged(path)
        found = load(data)
        check_arrays(found, path, LARGEST)
        return found
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


def _arrays(prior: Prior, prefix: str) -> dict[str, Floats]:
    numbers = [prior.mean, prior.slope, prior.score_centre]
    scalars = [*numbers, *astuple(prior.spread), *astuple(prior.likeness)]
    arrays = {"general": prior.general, "centre": prior.centre, "scale": prior.scale}
    arrays["scalars"] = np.array(scalars, dtype=np.float32)
    return {prefix + n: np.ascontiguousarray(a, np.float32) for n, a in arrays.items()}


def _spread(values: Floats) -> Floats:
    spread = values.std(axis=0)
    safe: Floats = np.where(spread > 0, spread, 1).astype(np.float32)
    return safe
