"""``govmedia-screen evaluate``: how well a model does on labelled texts."""

from __future__ import annotations

import argparse

from govmedia_screen.system.files import write_whole


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--data", nargs="+", required=True, metavar="文件", help="标注数据，JSONL：text、label、domain")
    parser.add_argument("--model", default="default", help="模型：default 或模型文件夹")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    parser.add_argument("--output", metavar="文件", help="写入文件而不是标准输出")


def run(args: argparse.Namespace) -> int:
    """Evaluate and print per class, per corpus, calibration, confusion and the worst errors."""
    from govmedia_screen.training import page
    from govmedia_screen.training.evaluation import evaluate

    made = evaluate(args.data, args.model)
    output = {"text": page.text, "json": type(made).to_json, "html": page.html}[args.format](made)
    if args.output:
        write_whole(args.output, output.encode())
    else:
        print(output)
    return 0
