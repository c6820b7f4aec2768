"""photoaes learns your taste from a few stars and ranks the whole album, offline.

For scripts there is `open_bank` and `score` (`photoaes.api`); `import photoaes` alone loads neither
numpy nor torch.
"""

__version__ = "0.1.0"
__all__ = ["OpenBank", "Scores", "open_bank", "score"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # By its name: as an import every module of the package would import this one.
    import importlib

    return getattr(importlib.import_module("photoaes.api"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
