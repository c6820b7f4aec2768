"""A bank on disk: task vectors that share one `theta_pre`, as a folder.

    bank.json                manifest: backbone, preprocessing, tasks, provenance, licence
    theta_pre.safetensors    the backbone's weights, unless they are open_clip's own
    <task>.safetensors       one file a task
    prior.safetensors        what is known of people's taste (`taste.prior`), if the bank brings it

Layers are stored in fp32 or fp16, low-rank or quantised (`storage`). Tensor files are
memory-mapped; each one's sha256 stands in the manifest. Whatever does not fit is refused with a
sentence that names the file or the tensor. The manifest is read without torch; it comes with the
first tensor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoaes.errors import BankInvalid
from photoaes.model.bank.digest import bank_digest
from photoaes.model.bank.pretrained import pretrained_weights
from photoaes.model.bank.schema import (
    MAX_TENSOR_FILE,
    largest_file,
    read_manifest,
)
from photoaes.model.bank.tensor_files import read_tensors
from photoaes.model.paper.backbone import BackboneSpec, parsed_preprocessing
from photoaes.model.paper.companions import COMPANIONS

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from photoaes.model.paper.merge import Merger
    from photoaes.model.paper.score_model import ScoreModel, Sight
    from photoaes.model.paper.task_vector import Layer, TaskVectors

THETA_PRE = "theta_pre.safetensors"


@dataclass(frozen=True)
class Task:
    """One expert. `scale` is the range of its score database before it was mapped to 1..10.

    `figures` are what was measured when it was made, such as `srocc` on its held-out photos.
    """

    name: str
    description: str
    source: str
    licence: str
    scale: tuple[float, float]
    figures: Mapping[str, float] = field(default_factory=dict)
    sha256: str = ""

    @property
    def file(self) -> str:
        """Name of its tensor file."""
        return f"{self.name}.safetensors"


@dataclass(frozen=True)
class Bank:
    """A bank's manifest. `theta_pre_sha256` is empty where open_clip has the weights, and
    `prior_sha256` where there is no prior, or one by a version that did not note its hash.

    The head's linear row reads `blocks` of the tower and the levels of the `companion`, by its name
    in `paper.companions`; empty for none.
    """

    folder: Path
    name: str
    backbone: BackboneSpec
    tasks: tuple[Task, ...]
    provenance: str
    licence: str
    theta_pre_sha256: str = ""
    prior_sha256: str = ""
    blocks: tuple[int, ...] = ()
    companion: str = ""
    basis_sha256: str = ""
    largest_file: int = field(default=MAX_TENSOR_FILE, compare=False)  # in bytes

    def model(self, columns: int = 0, *, with_companion: bool = True) -> ScoreModel:
        """The bank's score model with random weights, in evaluation mode, without gradients; with
        the linear row over so many `columns`, which reads the companion if that is installed."""
        from photoaes.model.paper.score_model import ScoreModel

        sight = self.sight(columns, with_companion=with_companion) if columns else None
        model = ScoreModel(self.backbone.build(), self.backbone.embed_dim, sight)
        return model.eval().requires_grad_(False)

    def sight(self, columns: int = 0, *, with_companion: bool = True) -> Sight:
        """What the linear row reads. Raises BankInvalid where the companion's file is another."""
        from photoaes.model.paper.companion import load_companion
        from photoaes.model.paper.score_model import Sight

        spec = COMPANIONS.get(self.companion) if with_companion else None
        path = spec.path() if spec else None
        companion = load_companion(spec, path) if spec and path else None
        preprocessing = self.backbone.preprocessing
        return Sight(self.blocks, companion, columns, preprocessing.mean, preprocessing.std)

    def merger(self, device: torch.device) -> Merger:
        """The whole bank on a device, ready for any coefficients. Raises BankInvalid."""
        from photoaes.model.paper.merge import Merger

        # The files first: what the manifest says of the model is a word, and takes memory.
        # As stored: half precision there is exact, and becomes fp32 where it is added to.
        theta_pre, vectors = self.theta_pre(as_stored=True), self.task_vectors()
        return Merger(self.model(), theta_pre, vectors, self.backbone.preprocessing, device)

    def layer_shapes(self) -> dict[str, Tensor]:
        """Every layer as an empty tensor of its shape, in the model's order."""
        import torch

        from photoaes.model.paper.score_model import ScoreModel

        with torch.device("meta"):
            model = ScoreModel(self.backbone.build(), self.backbone.embed_dim)
        return dict(model.named_parameters())

    def theta_pre(self, *, as_stored: bool = False) -> dict[str, Tensor]:
        """The backbone's layers `backbone.*` in fp32, or `as_stored`; nothing is downloaded for it.

        Raises BankInvalid for a damaged file or a layer that does not fit, DownloadFailed where
        open_clip's weights are not here.
        """
        from photoaes.model.bank.storage import check_names

        if self.theta_pre_sha256:
            path = self.folder / THETA_PRE
            tensors = read_tensors(path, self.theta_pre_sha256, self.largest_file)
        else:
            weights = pretrained_weights(self.backbone, may_download=False)
            tensors = {f"backbone.{name}": tensor for name, tensor in weights.items()}
        expected = {n: t for n, t in self.layer_shapes().items() if n.startswith("backbone.")}
        check_names(expected, tensors, THETA_PRE)
        return {name: tensors[name] if as_stored else tensors[name].float() for name in expected}

    def task_vectors(self) -> TaskVectors:
        """All task vectors, layers in the model's order. Raises BankInvalid naming what differs."""
        from photoaes.model.bank.storage import Stack
        from photoaes.model.paper.task_vector import TaskVectors

        shapes = self.layer_shapes()
        if not self.tasks:
            raise BankInvalid(f"The bank {self.name} has no tasks.", self.folder)
        stack = Stack(len(self.tasks))
        for row, task in enumerate(self.tasks):
            stack.put(row, self._layers(task, shapes))
        layers = {name: stack.layer(name) for name in shapes}
        return TaskVectors(tuple(task.name for task in self.tasks), layers)

    def check_tasks(self) -> Iterator[str]:
        """Read each task's file and check it as `task_vectors` does, one at a time; yields their
        names. Raises BankInvalid naming what differs."""
        shapes = self.layer_shapes()
        if not self.tasks:
            raise BankInvalid(f"The bank {self.name} has no tasks.", self.folder)
        for task in self.tasks:
            self._layers(task, shapes)
            yield task.name

    def _layers(self, task: Task, shapes: Mapping[str, Tensor]) -> dict[str, Layer]:
        from photoaes.model.bank.storage import layers_of

        tensors = read_tensors(self.folder / task.file, task.sha256, self.largest_file)
        return layers_of(tensors, shapes, task.file)

    def digest(self) -> str:
        """What identifies the bank's tensors: a hash over the hashes of their files.

        Where the companion is not installed it is another: features and tastes lack its part.

        The prior is not in it: what was measured does not depend on it, and coefficients and
        readouts that were learned mean the same with any, so with a new prior all features and
        profiles stay good. Only general scores change; they are made anew, over the old ones, when
        an album is learned, or ranked without stars.
        """
        theta_pre = self.theta_pre_sha256 or str(self.backbone.pretrained)
        tasks = ((task.name, task.sha256) for task in self.tasks)
        return bank_digest(theta_pre, tasks, self.basis_sha256, self.companion)


def read_bank(folder: Path) -> Bank:
    """The bank in `folder`, manifest only. Raises BankInvalid with what is missing or wrong."""
    return _parsed(folder, read_manifest(folder))


def _parsed(folder: Path, manifest: Mapping[str, Any]) -> Bank:
    entry = manifest["backbone"]
    preprocessing = parsed_preprocessing(entry["preprocessing"])
    backbone = BackboneSpec(entry["model"], entry["pretrained"], entry["vision"], preprocessing)
    tasks = tuple(Task(**{**task, "scale": tuple(task["scale"])}) for task in manifest["tasks"])
    return Bank(
        folder,
        manifest["name"],
        backbone,
        tasks,
        manifest["provenance"],
        manifest["licence"],
        manifest["theta_pre_sha256"],
        manifest.get("prior_sha256", ""),
        tuple(manifest.get("blocks", ())),
        manifest.get("companion", ""),
        manifest.get("basis_sha256", ""),
        largest_file(manifest),
    )
