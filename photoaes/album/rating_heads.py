"""What the columns of tables with ratings are called, by programs and by people of many languages.

Compared are letters alone, without accents: "XMP:Rating", "-Rating" and "Rating (1-5)" are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from photoaes.album.folding import folded


def plain_head(head: str) -> str:
    """The letters of the last part of a column's head, without case and accents."""
    last = re.split(r"[:.]", re.sub(r"\(.*\)", "", head))[-1]
    return "".join(sign for sign in unicodedata.normalize("NFD", folded(last)) if sign.isalpha())


def _plain(heads: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(plain_head, heads))


# fmt: off
PATHS = _plain((
    "path", "sourcefile", "filepath", "fullpath", "relativepath", "sourcepath", "file", "filename",
    "name", "photo", "image", "imagename", "picture", "original", "originalfilename", "mastername",
    "uri", "url", "datei", "dateiname", "dateipfad", "pfad", "bild", "foto",
    "fichier", "nom de fichier", "nom du fichier", "chemin", "nom",
    "archivo", "nombre de archivo", "nombre del archivo", "ruta", "imagen",
    "nome file", "nome del file", "percorso", "immagine",
    "bestand", "bestandsnaam", "pad", "afbeelding",
    "arquivo", "ficheiro", "nome do arquivo", "nome do ficheiro", "caminho", "imagem",
    "файл", "имя файла", "путь", "фото", "снимок",
    "ファイル", "ファイル名", "パス", "画像", "写真",
    "文件", "文件名", "文件名称", "路径", "图片", "照片", "檔案", "檔案名稱", "路徑",
    "파일", "파일명", "파일 이름", "경로", "사진",
    "plik", "nazwa pliku", "ścieżka", "zdjęcie", "soubor", "název souboru", "cesta",
    "fil", "filnamn", "filnavn", "sökväg", "sti", "billede", "tiedosto", "polku", "kuva",
    "dosya", "dosya adı", "αρχείο", "όνομα αρχείου",
))
STARS = _plain((
    "stars", "rating", "xmprating", "userrating", "starrating", "myrating", "imagerating",
    "sterne", "bewertung", "étoiles", "évaluation", "classement", "note",
    "estrellas", "valoración", "calificación", "puntuación", "stelle", "valutazione",
    "sterren", "waardering", "beoordeling", "estrelas", "classificação", "avaliação",
    "рейтинг", "оценка", "звёзды", "звезды", "評価", "レーティング", "星", "评分", "评级", "星级",
    "評分", "評等", "별점", "평점", "평가", "등급", "ocena", "gwiazdki", "hodnocení", "hvězdičky",
    "betyg", "stjärnor", "vurdering", "stjerner", "arvio", "arvosana", "puan", "yıldız",
    "βαθμολογία", "score",
))
PERCENT = _plain(("ratingpercent",))
FOLDERS = _plain((
    "directory", "folder", "dir", "ordner", "verzeichnis", "dossier", "carpeta", "cartella", "map",
    "pasta", "папка", "フォルダー", "フォルダ", "文件夹", "資料夾", "폴더", "katalog", "složka",
    "mapp", "mappe", "kansio", "klasör",
))
FLAGS = _plain((
    "flag", "pick", "pickflag", "pickstatus", "pick status", "flagstatus", "picklabel",
    "reject", "rejected", "markierung", "abgelehnt",
))
REJECTED = frozenset(map(folded, (
    "-1", "reject", "rejected", "abgelehnt", "rejeté", "rejetée", "rechazada", "rechazado",
    "rifiutata", "rifiutato", "afgekeurd", "rejeitada", "отклонено", "除外", "拒否", "拒绝",
)))  # fmt: skip
# fmt: on
SAYS_ITSELF = _plain(("reject", "rejected", "abgelehnt"))
YES = frozenset(("1", "true", "yes", "y", "x", "ja", "wahr"))
