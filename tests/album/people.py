"""Somebody whose taste was learned."""

from photoaes.album.store.profiles import Profile, SupportPhoto

ANN = Profile(
    name="Ann \u2764",
    bank="starter",
    bank_digest="d" * 64,
    seed=7,
    coefficients={
        "ava": {"head": 0.1 + 0.2, "block": -1e-17},
        "koniq": {"head": 1.0, "block": 0.0},
    },
    support=(SupportPhoto("ab" * 16, 5), SupportPhoto("cd" * 16, 1)),
    agreement={"pairs": 0.78, "general": 0.66},
    learned_at="2026-11-24T00:00:00+00:00",
    readout={"constant": 3.5, "experts": {"ava": 0.25, "koniq": -1e-17}, "embedding": [0.5, -2.0]},
)
