"""``govmedia-screen ledger``: record approvals and returns, show them, prove that nobody has changed them (第十七条)."""

from __future__ import annotations

import argparse
import json

from govmedia_screen.cli.common import user
from govmedia_screen.cli.options import add_profile
from govmedia_screen.errors import InputError
from govmedia_screen.ledger.ledger import Ledger
from govmedia_screen.ledger.record import ACTIONS
from govmedia_screen.ledger.seal import VARIABLE, Seals, key_of, slip
from govmedia_screen.render.text import visible


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="approve|return|show|verify|seal|repair")
    for name, text in (("approve", "审定：审查文件并记一笔，打印回执"), ("return", "退回：审查文件并记一笔")):
        one = actions.add_parser(name, help=text)
        one.add_argument("files", nargs="+", metavar="文件", help="要审定或退回的稿件")
        one.add_argument("--tier", type=int, choices=(1, 2, 3), required=True, help="签发级别：1 编辑 2 部门 3 领导")
        one.add_argument("--person", help="签发人（缺省为 git 的 user.name，没有则登录名）")
        one.add_argument("--author", default="", help="作者")
        one.add_argument("--note", default="", help="意见")
        add_profile(one)
        one.set_defaults(kind=None, title=None)
    show = actions.add_parser("show", help="列出记录")
    show.add_argument("--post", help="只列这个稿件编号的")
    show.add_argument("--format", choices=("text", "jsonl"), default="text")
    verify = actions.add_parser("verify", help="核验整本台账，打印末条校验值（请另处记下，作为下次的 --anchor）")
    verify.add_argument("--anchor", default="", metavar="校验值", help="以前记下的校验值，台账里必须还有它")
    seal = actions.add_parser("seal", help="封存：核验整本台账，用另处保管的密钥盖一个封；没有密钥则打印封存单，签字存档")
    for one in (verify, seal):
        one.add_argument("--key", metavar="文件", help=f"密钥文件，不能与台账同一文件夹（缺省取环境变量 {VARIABLE}）")
    actions.add_parser("repair", help="把断电时没写完的最后一行移到旁边的文件")
    for one in actions.choices.values():
        one.add_argument("--ledger", required=True, metavar="文件", help="审核台账（.jsonl），没有就新建")


def run(args: argparse.Namespace) -> int:
    """Record, show, verify or repair."""
    ledger = Ledger(args.ledger)
    if args.action in ACTIONS:
        return record(args, ledger)
    if args.action == "show":
        return show(args, ledger)
    if args.action == "verify":
        return verify(args, ledger)
    if args.action == "seal":
        return seal(args, ledger)
    moved = ledger.repair()
    print(f"{args.ledger}: 没写完的一行已移到 {moved}" if moved else f"{args.ledger}: 各行都完整，没有改动")
    return 0


def told(anchor: str) -> str:
    """What a chain that holds together proves, with an anchor and without."""
    if anchor:
        return f"前后相接，以前记下的校验值 {anchor[:12]} 仍在其中，那一条及以前的没有改动"
    return "前后相接。没有给出以前记下的校验值（--anchor）或封存的密钥（--key），不能证明整本没有重写过，也不能证明末尾没有截去；请把下面的校验值另处记下，下次核对"


def verify(args: argparse.Namespace, ledger: Ledger) -> int:
    """Check the chain, and what was sealed if there is a key."""
    key = key_of(ledger.path, args.key)
    count, head = ledger.verify(args.anchor)
    seals = Seals(ledger, key)
    sealed = ""
    if key:
        last = seals.checked()
        open_ = f"，其后 {count - last.number} 条尚未封存" if count > last.number else ""
        sealed = f"；与 {last.at[:16].replace('T', ' ')} 的封存（到第{last.number}条）相符{open_}"
    elif seals.path.exists():
        sealed = "；有封存记录，给出密钥（--key）才能核对"
    chain = "前后相接" if key and not args.anchor else told(args.anchor)
    print(f"{args.ledger}: 共 {count} 条，{chain}{sealed}；末条校验值 {head}")
    return 0


def seal(args: argparse.Namespace, ledger: Ledger) -> int:
    """Seal what stands in the ledger under the key, or print what is to be signed where there is none."""
    key = key_of(ledger.path, args.key)
    if key:
        seals = Seals(ledger, key)
        done = seals.add()
        print(f"{args.ledger}: 已封存到第{done.number}条，记在 {seals.path}；校验值 {done.head}")
        return 0
    count, head = ledger.verify()
    if not count:
        raise InputError(f"{args.ledger}: 台账里还没有记录，不必封存")
    print(slip(ledger.path, count, head), end="")
    return 0


def record(args: argparse.Namespace, ledger: Ledger) -> int:
    """Screen each file and record the action.

    Returns:
        1 if an approval is below the tier that the screening asks for, 2 if a file could not be read, else 0.
    """
    from govmedia_screen.cli.common import read_all
    from govmedia_screen.screener import Screener

    documents, failed = read_all(args)
    if failed:
        return 2
    screener = Screener(args.profile, args.lexicons)
    person, short = args.person or user(), False
    if args.action == "approve" and args.author.strip() == person.strip() and not screener.profile.settings.get("self_approval"):
        raise InputError("作者不能审定自己的稿件（方案里 self_approval = true 方可）")
    for document in documents:
        report = screener.screen(document.post)
        done = ledger.record(args.action, report, person, args.tier, args.author, args.note)
        enough = done.tier >= done.required
        short = short or (not enough and args.action == "approve")
        state = "" if args.action == "return" else "，可以发布" if enough else f"，还须{done.required}级签发"
        print(
            f"{plain(document.name)}: 第{done.number}条 {ACTIONS[done.action]} {plain(done.person)}（{done.tier}级）；"
            f"审查结论{report.decision.label}{state}；回执 {done.hash}"
        )
    return int(short)


def show(args: argparse.Namespace, ledger: Ledger) -> int:
    """One record a line."""
    found = [one for one in ledger.records() if not args.post or one.post == args.post]
    if args.post and not found:
        raise InputError(f"{args.ledger}: 没有编号为 {args.post} 的稿件")
    for one in found:
        if args.format == "jsonl":
            print(json.dumps(one.to_dict(), ensure_ascii=False))
            continue
        rules = f"；须看：{'、'.join(one.findings)}" if one.findings else ""
        note = f"；{plain(one.note)}" if one.note else ""
        print(
            f"{one.number}\t{one.at}\t{ACTIONS[one.action]}\t{plain(one.person)}（{one.tier}级，须{one.required}级）\t{plain(one.post) or '-'}"
            f"\t{one.decision}{rules}{note}\t{one.hash[:12]}"
        )
    return 0


def plain(text: str) -> str:
    """A text for the terminal: one line, nothing that steers it."""
    return visible(text).replace("\n", "�").replace("\r", "�")
