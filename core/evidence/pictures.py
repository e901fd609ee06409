"""Pictures, written anew: upright, only the first where a file has several, and nothing but the points."""

from tempfile import TemporaryFile
from typing import Any, BinaryIO

from PIL import ExifTags, Image
from PIL.Image import Transpose
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile, get_sampling
from PIL.PngImagePlugin import PngImageFile

from core.rules.evidence import picture_is_small_enough

from .refusing import refuse

TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What makes a picture upright, by the number that cameras write for how they were held."""
UPSIDE_DOWN = {Transpose.FLIP_TOP_BOTTOM, Transpose.ROTATE_180}
TO_THE_RIGHT = {Transpose.TRANSPOSE, Transpose.ROTATE_90}
TO_THE_LEFT = {Transpose.ROTATE_270, Transpose.TRANSVERSE}
STRIP = 128
"""Rows that are turned at a time."""


def write_anew(given: BinaryIO, suffix: str, answer: BinaryIO) -> None:
    """Write the picture into the answer, without metadata, comments, colour profile and further pictures.

    Its size is judged by its head, before any point is read. Raises Refused; what Pillow raises for damaged files
    passes through.
    """
    picture = PngImageFile(given) if suffix == ".png" else JpegImageFile(given)
    refuse(picture_is_small_enough(*picture.size))
    picture.load()
    turn, manner = _turn(picture), _manner(picture)
    picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    upright = picture if turn is None else _turned(picture, turn)
    upright.save(answer, **manner)


def _manner(picture: ImageFile) -> dict[str, Any]:
    """How the picture is stored: a JPEG as finely as it was, so that hardly anything is lost."""
    if isinstance(picture, JpegImageFile):
        return {"format": "JPEG", "qtables": picture.quantization, "subsampling": get_sampling(picture)}
    return {"format": "PNG"}


def _turn(picture: ImageFile) -> Transpose | None:
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # of damaged metadata, which is dropped anyway
        return None


def _turned(picture: ImageFile, turn: Transpose) -> Image.Image:
    """The picture, turned. One of several channels goes by a file: two of the most points do not fit into memory."""
    if len(picture.getbands()) == 1:
        return picture.transpose(turn)
    mode, info, (width, height) = picture.mode, picture.info, picture.size
    with TemporaryFile() as points:
        strips = [(top, min(top + STRIP, height)) for top in range(0, height, STRIP)]
        for top, bottom in strips:
            points.write(picture.crop((0, top, width, bottom)).tobytes())
        picture.close()
        points.seek(0)
        is_on_its_side = turn in TO_THE_LEFT | TO_THE_RIGHT
        turned = Image.new(mode, (height, width) if is_on_its_side else (width, height))
        turned.info = info
        for top, bottom in strips:
            size = (width, bottom - top)
            strip = Image.frombytes(mode, size, points.read(width * (bottom - top) * len(turned.getbands())))
            turned.paste(strip.transpose(turn), _place(turn, top, height - bottom))
    return turned


def _place(turn: Transpose, above: int, below: int) -> tuple[int, int]:
    """Where the upper left corner of a strip comes to stand.

    above, below: rows of the picture before and after the strip.
    """
    if turn in TO_THE_RIGHT:
        return (above, 0)
    if turn in TO_THE_LEFT:
        return (below, 0)
    return (0, below if turn in UPSIDE_DOWN else above)
