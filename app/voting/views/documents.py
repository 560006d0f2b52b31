"""The result as a document, and the poster for the notice board at the opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from app.credentials.rules.printing import Qr, qr_of
from app.i18n.catalogues import _, speaking, words
from app.i18n.formats import day, moment, number, rupiah
from app.kernel.outcomes import Missing
from app.regions.queries import districts
from app.regions.rules import Regency
from app.voting import queries
from app.voting.queries import ContestRow, OptionRow, Published
from app.voting.rules.contest import ballot_number
from app.voting.rules.counting import Rule
from app.voting.rules.package.counted import RESULT
from app.voting.views.blueprint import bp
from app.voting.views.downloads import as_file
from app.voting.views.told import Told, code_of, told_of
from app.voting.words import RULES, region_of
from app.web.access import public
from app.web.pdf import Block, Heading, Scan, Sheet, make_pdf


@bp.route("/<regency>/hasil/<int:contest_id>/hasil.pdf")
@public
def result_document(regency: Regency, contest_id: int) -> Any:
    """What the page of the result says, for paper; the same bytes from the same result."""
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    published, counts = queries.published(contest_id), queries.public_counts(contest_id)
    if published is None or counts is None:
        raise Missing
    names = {row.code: row.name for row in districts(regency.code)}
    with speaking("id"):  # one document, whatever its reader speaks
        told = told_of(published, counts, names)
        blocks = [*_head(published, told), *_tables(told), *_signed(published)]
        content = make_pdf(_("Hasil %(title)s", title=contest.title), blocks, foot=published.result_sha256)
    return as_file(content, "application/pdf", f"hasil-{regency.slug}-{contest_id}.pdf")


def _head(published: Published, told: Told) -> list[Block]:
    data, definition = told.data, published.definition
    turnout, result = data["turnout"], data["result"]
    enough = _("Partisipasi cukup.") if turnout["is_enough"] else _("Partisipasi rendah: diputus dalam musyawarah.")
    facts = {"voted": number(turnout["voted"]), "eligible": number(turnout["eligible"])}
    money = {"ceiling": rupiah(data["ceiling"]), "used": rupiah(result["total_cost"]), "left": rupiah(result["left"])}
    lines: list[Block] = [
        f"{definition['region']}, {definition['regency']}. " + _("Dihitung %(when)s.", when=day(published.counted_at)),
        _("%(voted)s dari %(eligible)s warga berhak memilih.", **facts) + " " + enough,
        _("Pagu %(ceiling)s, dipakai %(used)s, sisa %(left)s.", **money),
        told.rule_name + ". " + told.rule,
    ]
    if "robustness" in data:
        firm = data["robustness"]
        said = _("Tanpa %(removed)s surat suara, yang terpilih sama dalam %(same)s dari %(recounts)s hitungan.", **firm)
        lines.append(said)
    return lines


def _tables(told: Told) -> list[Block]:
    options = [
        (code_of(one), one.title, number(one.votes), rupiah(one.cost), _outcome(won=one.won), one.sentence)
        for one in told.options
    ]
    heads = [_("Nomor"), _("Usulan"), _("Suara"), _("Biaya"), _("Hasil"), _("Alasan")]
    blocks: list[Block] = [Heading(_("Usulan")), Sheet(heads, options, (7, 25, 8, 15, 12, 33), (2, 3))]
    if told.other_name:
        compared = [
            (code_of(one), one.title, _outcome(won=one.won), _outcome(won=bool(one.won_other))) for one in told.options
        ]
        sides = Sheet((_("Nomor"), _("Usulan"), told.rule_name, told.other_name), compared, (8, 48, 22, 22))
        blocks += [Heading(_("Bila dihitung dengan aturan lain")), sides]
    if told.payments:
        paid = [
            (one.code, f"{number(one.payers)} × {one.price}", number(one.others), one.rest, rupiah(one.cost))
            for one in told.payments
        ]
        heads = [_("Nomor"), _("Iuran penuh"), _("Memberi sisa"), _("Jumlah sisa"), _("Biaya")]
        blocks += [Heading(_("Siapa membayar berapa")), Sheet(heads, paid, (10, 30, 15, 22, 23), (1, 2, 3, 4))]
    roll = [(row.name, number(row.eligible), *map(number, (row.voted, *row.by_channel))) for row in told.turnout]
    heads = [_("Desa"), _("Berhak"), _("Memilih"), _("HP sendiri"), _("Didampingi"), _("Kertas")]
    return [*blocks, Heading(_("Pemilih tiap desa")), Sheet(heads, roll, (35, 13, 13, 13, 13, 13), (1, 2, 3, 4, 5))]


def _outcome(*, won: bool) -> str:
    return _("Terpilih") if won else _("Belum")


def _signed(published: Published) -> list[Block]:
    return [
        Heading(_("Tanda tangan")),
        _("Sidik jari (SHA-256) %(name)s: %(sum)s", name=RESULT, sum=published.result_sha256),
        _("Tanda tangan (Ed25519): %(signature)s", signature=published.signature),
        _("Kunci: %(key)s", key=published.definition["head_key"]),
        _("Hasil ini rekomendasi dalam perkiraan batas biaya (pagu indikatif); anggarannya diputuskan kemudian."),
    ]


@dataclass(frozen=True)
class PosterPage:
    """What is frozen, in words, with the address of the contest as text and as QR."""

    contest: ContestRow
    options: Sequence[OptionRow]
    rule: str
    terms: Sequence[str]
    href: str
    qr: Qr


def _poster(regency: Regency, contest_id: int) -> PosterPage:
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    if contest.definition_sha256 is None:
        raise Missing
    href = url_for(".ballot", regency=regency, contest_id=contest_id, _external=True)
    rule = str(RULES[contest.rule])
    return PosterPage(contest, queries.options_of(contest_id), rule, _terms(contest), href, qr_of(href))


def _terms(contest: ContestRow) -> list[str]:
    lines = [words(contest.roll_ends)]
    if contest.is_weighted:
        lines.append(_("Bagian tiap desa menurut jumlah warga berhaknya."))
    if contest.threshold_percent:
        percent = number(contest.threshold_percent)
        lines.append(_("Usulan perlu suara dari %(percent)s persen surat suara, paling sedikit 5.", percent=percent))
    if contest.rule is Rule.EQUAL_SHARES:
        lines.append(_("Kalau surat suaranya kurang dari 30, pemenang dihitung dengan suara terbanyak."))
    return lines


@bp.route("/<regency>/pilih/<int:contest_id>/poster")
@public
def poster(regency: Regency, contest_id: int) -> Any:
    """What hangs on the notice board from the opening on: everything that is frozen, and its fingerprint."""
    return render_template("voting/poster.html", page=_poster(regency, contest_id))


@bp.route("/<regency>/pilih/<int:contest_id>/poster.pdf")
@public
def poster_document(regency: Regency, contest_id: int) -> Any:
    with speaking("id"):
        page = _poster(regency, contest_id)
        content = make_pdf(page.contest.title, _poster_blocks(page), foot=page.href)
    return as_file(content, "application/pdf", f"poster-{regency.slug}-{contest_id}.pdf")


def _poster_blocks(page: PosterPage) -> list[Block]:
    contest = page.contest
    rows = [(ballot_number(one.number or 0), one.title, one.village, rupiah(one.cost)) for one in page.options]
    return [
        region_of(contest),
        _("Pilih sampai %(most)s usulan", most=contest.max_choices),
        f"{moment(contest.opens)} – {moment(contest.closes)}",
        _("Pagu %(sum)s.", sum=rupiah(contest.ceiling)) + " " + page.rule,
        *page.terms,
        Sheet([_("Nomor"), _("Usulan"), _("Desa"), _("Biaya")], rows, (8, 50, 22, 20), (3,)),
        Scan(page.href),
        _("Sidik jari definisi.json (SHA-256):") + " " + (contest.definition_sha256 or ""),
        _("Kunci tanda tangan (Ed25519):") + " " + (contest.head_key or ""),
    ]
