"""Miniature copies of the published databases, in their exact layouts, with empty photos."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import scipy.io


def put(path: Path, text: str = "") -> None:
    """A file with its folders; text as it stands, so that CRLF stays CRLF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def ava(root: Path) -> None:
    votes = "0 1 5 17 38 36 15 6 5 1"
    rows = [("1", "953619", votes), ("2", "953958", "0 0 0 0 0 0 0 0 0 4"), ("3", "2113", votes)]
    put(root / "AVA.txt", "".join(f"{n} {i} {v} 1 22 1396\n" for n, i, v in rows))
    for _, image, _ in rows[:2]:
        put(root / "images" / f"{image}.jpg")


def tad66k(root: Path) -> None:
    put(root / "labels/merge/train.csv", "image,score\r\na.jpg,1.13\r\nb.jpg,4\r\n")
    put(root / "labels/merge/test.csv", "image,score\r\nc.jpg,9.46\r\nd.jpg,5\r\n")
    put(root / "labels/unmerge/train/sky.csv", "image,score\r\na.jpg,2\r\nc.jpg,9\r\n")
    put(root / "labels/unmerge/test/sky.csv", "image,score\r\nd.jpg,6\r\n")
    for name in "abcd":
        put(root / "images" / f"{name}.jpg")


def flickr_aes(root: Path) -> None:
    workers = "worker, imagePair, score\n A9, x.jpg, 4\n A9, y.jpg, 2\n AGXT2OHMTWBRS, y.jpg, 5\n"
    put(root / "FLICKR-AES_image_labeled_by_each_worker.csv", workers)
    put(root / "FLICKR-AES_image_score.txt", " x.jpg 0.75\ny.jpg 0.25\n")
    for name in ("x.jpg", "y.jpg"):
        put(root / "40K" / name)


def para(root: Path) -> None:
    steps = [f"aestheticScore_{level / 2:.1f}" for level in range(2, 11)]
    header = f"imageName,sessionId,scene,{','.join(steps)},aestheticScore_mean,aestheticScore_std\n"
    shares = "0,0,0,0,0.5,0,0.5,0,0"
    for part, session in (("Train", "session1"), ("Test", "session2")):
        row = f"iaa_pub1_.jpg,{session},animal,{shares},3.5,0.5\n"
        put(root / f"annotation/PARA-Giaa{part}.csv", header + row)
        put(root / "imgs" / session / "iaa_pub1_.jpg")
    columns = (
        "sessionId,imageName,userId,aestheticScore,qualityScore,compositionScore,colorScore,"
        "dofScore,contentScore,lightScore,isObjectEmphasis,imgEmotion,difficultyOfJudgment,"
        "contentPreference,willingnessToShare,semantic\n"
    )
    rest = "3.0,3.0,3.0,3.0,3.0,3.0,1,1,1,3,3,animal\n"
    rows = f"session1,iaa_pub1_.jpg,A1,3.0,{rest}session2,iaa_pub1_.jpg,A1,4.0,{rest}"
    put(root / "annotation/PARA-Images.csv", columns + rows)


def koniq(root: Path) -> None:
    rows = [f'"{n}.jpg",0,0,25,75,0,100,3.75,0.4,70.1' for n in range(5)]
    header = '"image_name","c1","c2","c3","c4","c5","c_total","MOS","SD","MOS_zscore"'
    table = root / "koniq10k_scores_and_distributions.csv"
    put(table, "\n".join([header, *rows]) + "\n")
    for number in range(5):
        put(root / "1024x768" / f"{number}.jpg")


def spaq(root: Path) -> None:
    """As Excel writes it: texts in a part of their own, numbers in place, empty cells left out."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = ["Image name", "MOS", "Brightness", *(f"{n:05}.jpg" for n in range(1, 6))]
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    header = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for n, c in enumerate("ABC"))
    rows = "".join(
        f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n + 2}</v></c><c r="B{n + 1}">'
        f"<v>{n * 20}</v></c></row>"
        for n in range(1, 6)
    )
    table = root / "Annotations" / "MOS and Image attribute scores.xlsx"
    table.parent.mkdir(parents=True)
    with zipfile.ZipFile(table, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", f"<sst {space}>{strings}</sst>")
        sheet = f'<sheetData><row r="1">{header}</row>{rows}</sheetData>'
        parts.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}>{sheet}</worksheet>")
    for number in range(1, 6):
        put(root / "TestImage" / f"{number:05}.jpg")


AADB_PHOTOS = ("farm1_255_a.jpg", "farm4_3001_b.jpg", "farm9_8_c.jpg")


def aadb(root: Path) -> None:
    names = np.empty((1, 3), object)
    names[0] = AADB_PHOTOS
    root.mkdir()
    scores = np.array([[0.35, 0.6, 1.0]])
    scipy.io.savemat(
        root / "AADBinfo.mat",
        {
            "trainNameList": names[:, :2],
            "trainScore": scores[:, :2],
            "testNameList": names[:, 2:],
            "testScore": scores[:, 2:],
        },
    )
    put(root / "AllinAll.csv", _aadb_answers())
    for name in AADB_PHOTOS[:2]:
        put(root / "datasetImages_originalSize" / name)
    put(root / "AADB_newtest_originalSize" / AADB_PHOTOS[2])


def _aadb_answers() -> str:
    order = [1, 10, *range(2, 10)]  # as the columns run
    urls = [f"Input.image_url{n}" for n in order]
    answers = [f"Answer.overallScore{n}" for n in order]
    header = ",".join(f'"{name}"' for name in ["WorkerId", *urls, *answers])
    links = [f"http://farm{n}.staticflickr.com/80{n}/{n}.jpg" for n in order]
    scores = ["0" if n == 10 else str(n % 5 + 1) for n in order]
    return f"{header}\n" + ",".join(f'"{value}"' for value in ["W1", *links, *scores]) + "\n"


def real_cur(root: Path) -> None:
    for place in ("ann/1/a.jpg", "ann/5/b.jpg", "ben/3/a.jpg", "ben/3/.DS_Store"):
        put(root / "images" / place)


def lapis(root: Path) -> None:
    for number, part in enumerate(("Train", "Val", "Test")):
        row = f"{number},{part}.jpg,{number * 40}.5\n"
        table = root / f"annotation/LAPIS_GIAA_{part}split.csv"
        put(table, "image_id,image_filename,mean_response\n" + row)
        put(root / "images" / f"{part}.jpg")
    table = root / "annotation/LAPIS_PIAA.csv"
    put(table, "participant_id,image_id,image_filename,rating,age\np1,0,Train.jpg,61,30\n")


def eva(root: Path) -> None:
    columns = "image_id=user_id=score=difficulty=visual=composition=quality=semantic=vote_time"
    rows = [f"{n}=E{u}={n + u}=3=2=3=4={1 + u}=9.5=0=1=0=0" for n in range(5) for u in range(2)]
    put(root / "data/votes_filtered.csv", "\n".join([f"{columns}=1=2=3=4", *rows]) + "\n")
    for number in range(5):
        put(root / f"images/EVA_category/EVA_category/{number % 2 + 1}/{number}.jpg")


def kadid(root: Path) -> None:
    rows = [f"I{r:02}_01_0{n}.png,I{r:02}.png,{5 - n}.5,0.4" for r in range(1, 6) for n in (1, 2)]
    put(root / "dmos.csv", "\n".join(["dist_img,ref_img,dmos,var", *rows]) + "\n")
    for row in rows:
        put(root / "images" / row.partition(",")[0])


def live_fb(root: Path) -> None:
    names = [f"voc_emotic_ava/AVA__{n}.jpg" for n in range(4)] + ["blur_dataset/motion0001.jpg"]
    rows = [f"{name},{10 * n}.5" for n, name in enumerate(names)]
    put(root / "labels_image.csv", "\n".join(["name,mos", *rows]) + "\n")
    for name in names:
        put(root / "database" / name)


MAKERS = {
    "ava": ava,
    "tad66k": tad66k,
    "flickr-aes": flickr_aes,
    "para": para,
    "koniq": koniq,
    "spaq": spaq,
    "aadb": aadb,
    "real-cur": real_cur,
    "lapis": lapis,
    "eva": eva,
    "kadid": kadid,
    "live-fb": live_fb,
}
