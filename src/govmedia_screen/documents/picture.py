"""Pictures → text: characters recognised, and what QR codes lead to. Needs the extra ``image``; without it says what is unread."""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from functools import lru_cache
from typing import Any

from govmedia_screen.documents.locations import Lines, Location, Origin
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.post import Post

#: A picture smaller than this on a side holds no text that anybody reads, in pixels.
SMALL = 24
#: Larger pictures are made smaller before they are looked at: the longer side, in pixels.
LARGE = 4000
#: Pictures of more pixels are not opened.
PIXELS = 120_000_000
#: How many pictures of one file are looked at.
MOST = 300
#: Small print is enlarged: the shorter side of what is recognised best, in pixels.
LEAST = 700
#: What is recognised with less certainty is left out.
SURE = 0.5


def read(data: bytes, name: str) -> Post:
    """The post in a picture: its text, line by line, each with its box in pixels, and the targets of its QR codes as ``links``.

    Raises:
        InputError: it is no picture, broken, or beyond bounds.
        MissingExtra: the extra ``image`` is not installed.
    """
    try:
        recogniser()
    except ImportError:
        raise MissingExtra(f"识别图片里的文字（{name}）", "image") from None
    lines, links = Lines(), Lines()
    unread: list[str] = []
    try:
        pages = frames(data)
    except (InputError, OSError, ValueError, SyntaxError, MemoryError) as error:
        raise InputError(f"{name}: 图片打不开（{str(error)[:80]}）") from None
    for number, image in enumerate(pages, 1):
        at = Location(page=number) if number > 1 else Location()
        recognise(image, at, lines, links)
    if not lines and not links:
        unread.append("图片里没有认出文字，请人工看一遍")
    spots: dict[str, Any] = {"body": lines.spots, "links": links.spots}
    extra = {"links": links.text} if links else {}
    return Post(body=lines.text, id=name, meta={"origin": Origin(name, spots, tuple(unread))}, extra_parts=extra)


class Pictures:
    """Reads the pictures inside a file into lines of one part, the same picture once; counts what it could not read."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.seen: set[bytes] = set()
        self.lost = self.waiting = 0

    def take(self, data: bytes, at: Location) -> None:
        """Read one picture."""
        key = hashlib.blake2b(data, digest_size=16).digest()
        if key in self.seen or not data:
            return
        self.seen.add(key)
        if not worth(data):
            return
        if not ready() or len(self.seen) > MOST:
            self.waiting += 1
            return
        try:
            images = frames(data)
        except (InputError, OSError, ValueError, SyntaxError, MemoryError):
            self.lost += 1
            return
        for image in images:
            recognise(image, at, self.lines, self.lines)

    def unread(self) -> list[str]:
        """What could not be read, for an editor."""
        said = []
        if self.waiting:
            way = '请安装识别组件：pip install "govmedia-screen[image]"' if not ready() else f"一个文件至多识别 {MOST} 张"
            said.append(f"文件里有 {self.waiting} 张图片，图中的文字没有审（{way}）")
        if self.lost:
            said.append(f"文件里有 {self.lost} 张图片打不开，请人工看一遍")
        return said


def ready() -> bool:
    """Whether the extra is installed."""
    try:
        recogniser()
    except ImportError:
        return False
    return True


@lru_cache(1)
def recogniser() -> Any:
    """The recogniser, its models loaded from its own package.

    onnxruntime tells its makers of its use over the network unless this variable is set before it is imported; this
    program works offline and says nothing of what it reads.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import zxingcpp  # noqa: F401 - the extra is whole or missing
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(text_score=SURE, min_height=8, max_side_len=LARGE, width_height_ratio=-1, use_cls=True)


def worth(data: bytes) -> bool:
    """Whether a picture is large enough for text; one that cannot be opened is, so that it is told of."""
    try:
        from PIL import Image
    except ImportError:
        return len(data) > 2000
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                return bool(min(image.size) >= SMALL) and max(image.size) >= 2 * SMALL
    except Exception:
        return True


def frames(data: bytes) -> list[Any]:
    """The pictures of a file as RGB arrays; of an animation the first, of a TIFF all pages."""
    import numpy
    from PIL import Image, ImageOps

    result = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            count = min(getattr(image, "n_frames", 1), 50) if image.format == "TIFF" else 1
            for number in range(count):
                image.seek(number)
                wide, high = image.size
                if wide * high > PIXELS or max(wide, high) > 60_000:
                    raise InputError(f"图片有 {wide}×{high} 像素，过大")
                if wide * high > LARGE * LARGE:
                    image.draft("RGB", (LARGE, LARGE))
                one = ImageOps.exif_transpose(image)
                if one.mode in ("RGBA", "LA", "P", "PA"):
                    one = one.convert("RGBA")
                    ground = Image.new("RGBA", one.size, "white")
                    one = Image.alpha_composite(ground, one)
                one = one.convert("RGB")
                one.thumbnail((LARGE, LARGE))
                result.append((numpy.asarray(one), wide / max(1, one.width)))
    return result


def recognise(image: tuple[Any, float], at: Location, lines: Lines, links: Lines) -> None:
    """Append the lines of one picture and the targets of its codes, each with its box."""
    from dataclasses import replace

    import zxingcpp

    array, scale = image
    for code in zxingcpp.read_barcodes(array):
        if code.text:
            corners = (code.position.top_left, code.position.top_right, code.position.bottom_left, code.position.bottom_right)
            box = around([(corner.x, corner.y) for corner in corners], scale)
            links.line(code.text, replace(at, box=box, state="二维码的内容"))
    found, _ = recogniser()(enlarged(array))
    factor = scale * array.shape[1] / max(1, enlarged(array).shape[1])
    for text, box in ordered([(one[1], around(one[0], factor)) for one in found or ()]):
        lines.line(text, replace(at, box=box))


def enlarged(array: Any) -> Any:
    """A small picture made larger: small print is recognised badly."""
    import numpy
    from PIL import Image

    high, wide = array.shape[:2]
    if min(high, wide) >= LEAST or max(high, wide) >= 2 * LEAST:
        return array
    return numpy.asarray(Image.fromarray(array).resize((wide * 2, high * 2), Image.Resampling.BICUBIC))


def around(corners: list[Any], scale: float) -> tuple[int, int, int, int]:
    """The box around corners."""
    xs, ys = [float(x) * scale for x, _ in corners], [float(y) * scale for _, y in corners]
    return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))


def ordered(found: list[tuple[str, tuple[int, int, int, int]]]) -> list[tuple[str, tuple[int, int, int, int]]]:
    """Lines from top to bottom; what stands side by side is one line, its cells parted by tabs."""
    rows: list[list[tuple[str, tuple[int, int, int, int]]]] = []
    for one in sorted(found, key=lambda item: (item[1][1] + item[1][3]) / 2):
        middle = (one[1][1] + one[1][3]) / 2
        last = rows[-1][-1][1] if rows else None
        if last and last[1] < middle < last[3] and not any(one[1][0] < other[2] and other[0] < one[1][2] for _, other in rows[-1]):
            rows[-1].append(one)
        else:
            rows.append([one])
    result = []
    for row in rows:
        row.sort(key=lambda item: item[1][0])
        boxes = [box for _, box in row]
        whole = (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes))
        result.append(("\t".join(text for text, _ in row), whole))
    return result
