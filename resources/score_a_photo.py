"""Score photos by a model that `photoaes profile model` wrote, without photoaes.

    python score_a_photo.py MODEL.safetensors PHOTO ...

Needs torch, open_clip_torch, timm, safetensors and pillow. Prints stars and the photo's name.
"""

import json
import sys

import numpy as np
import open_clip
import timm
import torch
from PIL import Image, ImageOps
from safetensors import safe_open

with safe_open(sys.argv[1], "pt") as file:
    said = json.loads(file.metadata()["photoaes"])
    tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def part(prefix):
    return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}


config = open_clip.CLIPVisionCfg(**said["vision"])
tower = open_clip.model._build_vision_tower(said["embed_dim"], config, said["quick_gelu"]).eval()
tower.load_state_dict(part("backbone."))
encoders = [(tower.transformer.resblocks, said["blocks"])]
if said["companion"]:
    companion = timm.create_model(said["companion"]["model"]).eval()
    companion.load_state_dict(part("companion."))
    encoders.append(([b for stage in companion.blocks for b in stage], said["companion"]["blocks"]))
seen = []


def pool(_, __, out):  # mean and deviation over positions; of a transformer the class token too
    values = out.flatten(2) if out.ndim == 4 else out[:, 1:].mT
    token = [] if out.ndim == 4 else [out[:, 0]]
    spread = (values.var(2, correction=0) + 1e-12).sqrt()
    seen.append(torch.cat([values.mean(2), spread, *token], 1))


for blocks, chosen in encoders:
    for number in chosen:
        blocks[number].register_forward_hook(pool)


@torch.inference_mode()
def stars(path):
    seen.clear()
    image = Image.open(path)
    image.draft(None, (said["size"],) * 2)  # as photoaes reads large photos: halved while decoded
    image = ImageOps.exif_transpose(image).convert("RGB")
    halvings = (min(image.size) // said["size"]).bit_length() - 1
    image = image.reduce(2**halvings) if halvings > 0 else image
    square = image.resize((said["size"], said["size"]), Image.Resampling.BICUBIC)
    pixels = torch.from_numpy(np.array(square)).permute(2, 0, 1)[None].float()
    mean, std = (torch.tensor(said[key])[:, None, None] for key in ("mean", "std"))
    inputs, size = (pixels / 255 - mean) / std, (said["image_size"],) * 2
    if inputs.shape[-1] != size[0]:
        inputs = torch.nn.functional.interpolate(
            inputs, size, mode="bilinear", antialias=True, align_corners=False
        )
    embedding = tower(inputs)
    levels = [embedding, *seen]
    if said["companion"]:
        seen.clear()
        last = companion.forward_features((pixels - 127) / 128)
        levels += [last.mean((2, 3)), last.amax((2, 3)), *seen]
    head = part("head.")
    hidden = torch.nn.functional.gelu(embedding @ head["0.weight"].T + head["0.bias"])
    steps = torch.sigmoid(hidden @ head["3.weight"].T + head["3.bias"])
    row = torch.cat(levels, 1) @ head["direct.weight"].T + head["direct.bias"]
    return float(steps / steps.sum() @ tensors["template"] + row)


for name in sys.argv[2:]:
    print(f"{stars(name):.6f} {name}")
