"""Pictures: numbers drawn in several fonts and sizes, with noise, are found in their boxes; codes lead where they lead."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from invented import mobile_number, resident_number
from office import saved

needs = 'needs the extra: pip install "govmedia-screen[image]"'
pytest.importorskip("rapidocr_onnxruntime", reason=needs)
pytest.importorskip("zxingcpp", reason=needs)
numpy = pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image", reason=needs)
from PIL import ImageDraw, ImageFont  # noqa: E402

from screeners import SCREENER  # noqa: E402
from govmedia_screen import Decision  # noqa: E402
from govmedia_screen.documents import parse, parse_each  # noqa: E402

FONTS = {
    "noto-sans": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "noto-serif": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "wqy-zenhei": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    "noto-serif-bold": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
}
HERE = [name for name, (path, _) in FONTS.items() if Path(path).exists()][:3]
SIZES = (16, 22, 32)


def drawn(lines: list[str], font: str, size: int, noise: int, seed: int) -> tuple[bytes, list[tuple[int, int, int, int]]]:
    """A picture of lines with light noise, and the box of each line."""
    path, index = FONTS[font]
    face = ImageFont.truetype(path, size, index=index)
    wide = max(int(face.getlength(line)) for line in lines) + 60
    image = Image.new("RGB", (wide, len(lines) * size * 2 + 60), (250, 250, 246))
    draw = ImageDraw.Draw(image)
    boxes = []
    for number, line in enumerate(lines):
        place = (30, 30 + number * size * 2)
        draw.text(place, line, font=face, fill=(30, 30, 40))
        boxes.append(tuple(int(edge) for edge in draw.textbbox(place, line, font=face)))
    field = numpy.random.default_rng(seed).normal(0, noise, (image.height, image.width, 3))
    array = numpy.clip(numpy.asarray(image, dtype=float) + field, 0, 255).astype("uint8")
    return saved_as(Image.fromarray(array), "PNG"), boxes


def saved_as(image: object, kind: str) -> bytes:
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


@pytest.mark.slow
@pytest.mark.skipif(len(HERE) < 3, reason="fonts are missing here: apt-get install fonts-noto-cjk fonts-wqy-zenhei (tools/system.sh)")
def test_planted_numbers_are_found_in_three_fonts_and_sizes() -> None:
    chance = random.Random(16)
    planted = found = placed = 0
    for font in HERE:
        for size in SIZES:
            people = [(resident_number(chance).upper(), mobile_number(chance)) for _ in range(3)]
            lines = ["拟救助对象名单公示"]
            for person, phone in people:
                lines += [f"某某，身份证号{person}", f"联系人手机：{phone}"]
            data, boxes = drawn(lines, font, size, 6, size)
            (document,) = parse_each(data, "图.png")
            findings = SCREENER.screen(document.post).findings
            for row, number in enumerate(one for pair in people for one in pair):
                planted += 1
                hits = [one for one in findings if one.text == number]
                found += bool(hits)
                if hits:
                    left, top, right, bottom = document.location(hits[0]).box
                    edge = boxes[row + 1]
                    placed += left < edge[2] and edge[0] < right and top < (edge[1] + edge[3]) / 2 < bottom

    print(f"planted {planted}, found {found}, in the right box {placed}")
    assert found >= 0.95 * planted
    assert placed == found


def code(text: str) -> object:
    qrcode = pytest.importorskip("qrcode", reason="needs the development tools: make test installs them")
    return qrcode.make(text, box_size=5).convert("RGB")


def test_a_code_is_read_and_its_target_is_a_link() -> None:
    image = Image.new("RGB", (700, 500), "white")
    image.paste(code("http://192.168.1.9:8080/pay?id=1"), (300, 100))

    (document,) = parse_each(saved_as(image, "PNG"), "码.png")
    report = SCREENER.screen(document.post)

    assert document.post.links == "http://192.168.1.9:8080/pay?id=1"
    (first, *_) = [one for one in report.findings if one.family == "link"]
    place = document.location(first)
    assert place.state == "二维码的内容"
    assert place.box is not None
    assert 290 < place.box[0] < 350
    assert 90 < place.box[1] < 150


def test_pictures_inside_word_and_scanned_pages_are_read() -> None:
    if not HERE:
        pytest.skip("fonts are missing here: apt-get install fonts-noto-cjk (tools/system.sh)")
    docx = pytest.importorskip("docx", reason='needs the extra: pip install "govmedia-screen[documents]"')
    number = resident_number(random.Random(3)).upper()
    picture, _ = drawn([f"证明，身份证号{number}"], HERE[0], 28, 4, 1)
    file = docx.Document()
    file.add_paragraph("见下图。")
    file.add_picture(io.BytesIO(picture))

    document = parse(saved(file), "a.docx")
    (one,) = [one for one in SCREENER.screen(document.post).findings if one.text == number]

    assert one.part == "pictures"
    assert document.where(one).startswith("图片1第2段第")
    scanned = saved_as(Image.open(io.BytesIO(picture)), "PDF")
    page = parse(scanned, "a.pdf")
    (one,) = [one for one in SCREENER.screen(page.post).findings if one.text == number]
    assert (page.location(one).page, page.location(one).state) == (1, "图中识别的文字")


def test_a_picture_without_text_is_not_a_pass() -> None:
    report = SCREENER.screen(parse(saved_as(Image.new("RGB", (400, 300), "white"), "JPEG"), "a.jpg").post)

    assert (report.decision, report.incomplete[0].reason) == (Decision.REVIEW, "图片里没有认出文字，请人工看一遍")


def test_recognition_tells_nobody(tmp_path: Path) -> None:
    """The runtime of the models would tell its makers of its use: it leaves a file of its session if it does."""
    program = "from govmedia_screen.documents.picture import recogniser; recogniser()"

    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ | {"TMPDIR": str(tmp_path)}, timeout=120)

    assert list(tmp_path.iterdir()) == []
