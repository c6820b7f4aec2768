"""The EXIF block of a sample photo, from two invented cameras."""

from datetime import datetime

from PIL import ExifTags, Image

from sample_album.roll import Scene

CAMERA = ("Halden", "Halden M5", "Halden 24-70mm F2-8")
PHONE = ("Lumora", "Lumora P3", "Lumora P3 back camera 5.4mm f/1.8")
OFFSET = "+02:00"


def make_exif(scene: Scene) -> Image.Exif:
    """What the camera would have written."""
    maker, model, lens = PHONE if scene.phone else CAMERA
    focal, number, seconds = (5.4, 1.8, scene.settings[2]) if scene.phone else scene.settings
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = maker
    exif[ExifTags.Base.Model] = model
    exif[ExifTags.Base.Orientation] = scene.orientation
    exif[ExifTags.Base.DateTime] = _stamp(scene.taken)
    exif[ExifTags.Base.ImageDescription] = f"Sample picture made by photoaes: {scene.subject}"
    exif[ExifTags.Base.Software] = "photoaes sample"
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    detail[ExifTags.Base.DateTimeOriginal] = _stamp(scene.taken)
    detail[ExifTags.Base.SubsecTimeOriginal] = f"{scene.taken.microsecond // 10000:02d}"
    detail[ExifTags.Base.OffsetTimeOriginal] = OFFSET
    detail[ExifTags.Base.LensModel] = lens
    # Camera shake needs a slow shutter, or the numbers would not fit the picture.
    detail[ExifTags.Base.ExposureTime] = max(seconds, 1 / 10) if scene.shot.shake else seconds
    detail[ExifTags.Base.FNumber] = number
    detail[ExifTags.Base.ISOSpeedRatings] = scene.shot.iso
    detail[ExifTags.Base.FocalLength] = focal
    if scene.place is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(*scene.place))
    return exif


def _stamp(time: datetime) -> str:
    return time.strftime("%Y:%m:%d %H:%M:%S")


def _gps(latitude: float, longitude: float) -> dict[int, object]:
    def sexagesimal(degrees: float) -> tuple[float, float, float]:
        minutes = degrees % 1 * 60
        return float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 2)

    return {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: sexagesimal(latitude),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: sexagesimal(longitude),
    }
