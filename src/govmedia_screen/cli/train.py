"""``govmedia-screen train``: an office's own examples refine the shipped model."""

from __future__ import annotations

import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "--data", nargs="+", required=True, metavar="文件", help="标注数据，JSONL：text、label（official/commercial/opinion）、domain"
    )
    parser.add_argument("--out", required=True, metavar="文件夹", help="新模型写到哪里")
    parser.add_argument("--base", metavar="模型", help="在它的基础上微调：default 或模型文件夹；不写则从头训练")
    parser.add_argument("--seed", type=int, default=1, metavar="数", help="随机种子（缺省 1）")
    parser.add_argument("-q", "--quiet", action="store_true", help="不显示进度")


def run(args: argparse.Namespace) -> int:
    """Train and write the model; the same data and seed give the same bytes."""
    from govmedia_screen.cli.progress import bar
    from govmedia_screen.errors import MissingExtra

    try:
        from govmedia_screen.training.train import train
    except ModuleNotFoundError as error:
        if error.name not in ("sklearn", "scipy"):
            raise
        raise MissingExtra("训练分类器", "train") from None
    with bar("训练", quiet=args.quiet) as say:
        model = train(args.data, args.out, base=args.base, seed=args.seed, progress=say)
    print(f"已写入 {args.out}（{model.name}）")
    return 0
