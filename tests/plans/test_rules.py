"""Reading the files of plans: what is said comes back, and every fault names its line."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.datafiles import Fault, Faulty, FileFault
from app.plans.cli import DATA
from app.plans.rules import Refusal, next_number, refuse_misi
from app.plans.rules.importing import AGENCIES, NATIONAL, Known, PlanFault, PlanSet, read_plans
from tests.plans.files import CODES, export, plan_sets

KNOWN = Known(CODES)
BELU = """# Rencana contoh
regency = "53.04"

[plan]
kind = "RPJMD"
title = "Rencana Belu"
first_year = 2025
last_year = 2029
vision = "Belu yang maju"
source = '''
Halaman resmi,
misi = bukan kunci
'''

[[value]]
position = 1
name = "Mandiri"
meaning = "Berdiri sendiri"

[[misi]]
number = 1
text = "Meningkatkan ekonomi berbasis potensi daerah"
short = "Ekonomi"

[[misi]]
number = 2
text = "Pengembangan dan pelestarian budaya"
short = "Budaya"

[[pillar]]
number = 1
name = "Kesehatan"
national = 1
"""
PILLARS = '[[pillar]]\nnumber = 1\nname = "Kesehatan"\n'
OFFICES = "regency_code,name,short_name,needs_check\n53.04,Dinas Kesehatan,Dinkes,no\n53.04,Dinas Sosial,Dinsos,yes\n"


def files(belu: str = BELU, national: str = PILLARS, agencies: str = OFFICES, **more: str) -> dict[str, bytes]:
    texts = {"belu.toml": belu, NATIONAL: national, AGENCIES: agencies}
    texts |= {f"{name}.toml": text for name, text in more.items()}
    return {name: text.encode() for name, text in texts.items()}


def faults(given_files: dict[str, bytes], known: Known = KNOWN) -> list[Fault]:
    with pytest.raises(Faulty) as caught:
        read_plans(given_files, known)
    return caught.value.faults


def places(found: list[Fault]) -> list[tuple[str, int, object]]:
    return [(fault.file, fault.line, fault.code) for fault in found]


@given(plan_sets())
def test_what_is_written_down_is_read_back_the_same(found: PlanSet) -> None:
    read = read_plans(export(found), KNOWN)
    assert replace(read, plans=tuple(sorted(read.plans, key=lambda plan: plan.regency_code))) == found


@settings(deadline=None)
@given(plan_sets(), st.data())
def test_one_spoilt_value_spoils_everything_and_its_line_is_named(found: PlanSet, data: st.DataObject) -> None:
    written = export(found)
    file = data.draw(st.sampled_from(sorted(name for name in written if name.endswith(".toml"))))
    lines = written[file].decode().split("\n")
    line = data.draw(st.sampled_from([number for number, text in enumerate(lines) if " = " in text]))
    lines[line] = lines[line].partition(" = ")[0] + data.draw(st.sampled_from([" = 2025-01-01", " = x y", " = true"]))
    assert (file, line + 1) in {
        (fault.file, fault.line) for fault in faults(written | {file: "\n".join(lines).encode()})
    }


def test_the_shipped_plans_are_word_for_word_what_their_sources_say() -> None:
    shipped = {path.name: path.read_bytes() for path in DATA.iterdir() if path.suffix in (".toml", ".csv")}
    found = read_plans(shipped, KNOWN)
    beltim, belu = found.plans
    assert belu.vision == "Belu yang Berkualitas, Mandiri, Harmonis, Demokratis dan Berbudaya"
    assert [value.name for value in belu.values] == ["Berkualitas", "Mandiri", "Harmonis", "Demokratis", "Berbudaya"]
    assert belu.misi[1].text == "Meningkatkan ekonomi berbasis potensi daerah"
    assert (len(belu.misi), belu.pillars) == (5, ())
    assert (beltim.misi, beltim.vision, beltim.innovations_counted) == ((), "", 188)
    assert [pillar.national for pillar in beltim.pillars] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ('regency = "53.04"', "regency = 53.04", 2, FileFault.NOT_TEXT),
        ('regency = "53.04"', 'regency = "53.99"', 2, PlanFault.REGENCY_UNKNOWN),
        ('regency = "53.04"', "", 1, FileFault.REQUIRED),
        ('"RPJMD"', '"RPJM"', 5, FileFault.CODE_MEANT),
        ("2025", '"dua ribu"', 7, FileFault.NOT_WHOLE),
        ("2029", "2024", 8, PlanFault.YEARS_ORDER),
        ("2029", "1029", 8, FileFault.OUT_OF_RANGE),
        ("title = ", "judul = ", 6, FileFault.NAME_UNKNOWN),
        ("title = ", "titel = ", 6, FileFault.NAME_MEANT),
        ('"Rencana Belu"', '"Rencana\\nBelu"', 6, FileFault.NOT_ONE_LINE),
        ('"Rencana Belu"', '"Rencana\\u00adBelu"', 6, FileFault.HIDDEN_LETTER),
        ('"Mandiri"', '""', 17, FileFault.REQUIRED),
        ("position = 1", "position = 2", 16, PlanFault.NUMBER_GAP),
        ("number = 2", "number = 1", 26, PlanFault.NUMBER_TWICE),
        ("number = 2", 'number = "1"', 26, PlanFault.NUMBER_TWICE),
        ("number = 2", "number = 4", 26, PlanFault.NUMBER_GAP),
        ("number = 2", "number = [2]", 26, FileFault.NOT_WHOLE),
        ('short = "Budaya"', f'short = "{"b" * 61}"', 28, FileFault.TOO_LONG),
        ('"Pengembangan dan pelestarian budaya"', '"Budaya"', 27, FileFault.TOO_SHORT),
        ("national = 1", "national = 7", 33, PlanFault.NATIONAL_UNKNOWN),
        ("national = 1", "nasional = 1", 33, FileFault.NAME_MEANT),
        ("[[pillar]]", "[[pilar]]", 30, FileFault.NAME_MEANT),
        ("[[value]]", "[value]", 15, FileFault.SECTION_SHAPE),
        ("[plan]", "[[plan]]", 4, FileFault.SECTION_SHAPE),
        ("[plan]", "[rencana]", 1, FileFault.SECTION_MISSING),
    ],
)
def test_a_fault_in_a_plan_names_its_line(old: str, new: str, line: int, code: object) -> None:
    assert ("belu.toml", line, code) in places(faults(files(BELU.replace(old, new, 1))))


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ('"Mandiri"', '"Mandiri', 17, FileFault.TOML_QUOTES),
        ('"Mandiri"', '"Man"diri"', 17, FileFault.TOML_VALUE),
        ('"Mandiri"', "Mandiri", 17, FileFault.TOML_VALUE),
        ('"Mandiri"', '"""Mandiri', 17, FileFault.TOML_QUOTES),
        ('name = "Mandiri"', 'name: "Mandiri"', 17, FileFault.TOML_KEY),
        ("position = 1", "position = 1\nposition = 2", 17, FileFault.TOML_TWICE),
        ("[plan]", "[plan]\n[plan]", 5, FileFault.TOML_TWICE),
        ("[plan]", "[plan", 4, FileFault.TOML_KEY),
        ("national = 1", "national = {a = 1", 33, FileFault.TOML_SYNTAX),
    ],
)
def test_broken_writing_names_its_line_and_kind(old: str, new: str, line: int, code: object) -> None:
    assert places(faults(files(BELU.replace(old, new, 1)))) == [("belu.toml", line, code)]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    spoilt = {name: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") for name, text in files().items()}
    assert read_plans(spoilt, KNOWN) == read_plans(files(), KNOWN)
    (fault,) = faults(spoilt | {"belu.toml": spoilt["belu.toml"].replace(b"2029", b"2024")})
    assert fault.line == 8


def test_a_document_in_another_encoding_is_refused_at_its_line() -> None:
    (fault,) = faults(files() | {"belu.toml": BELU.replace("maju", "majú").encode("latin-1")})
    assert (fault.line, fault.code) == (9, FileFault.NOT_UTF8)


def test_a_regency_has_one_file() -> None:
    found = faults(files(lagi=BELU))
    assert places(found) == [("lagi.toml", 2, PlanFault.PLAN_TWICE)]
    assert found[0].facts["first"] == "belu.toml"


def test_national_pillars_may_stand_in_the_database_already() -> None:
    only = {"belu.toml": BELU.encode()}
    assert places(faults(only)) == [("belu.toml", 33, PlanFault.NATIONAL_UNKNOWN)]
    assert read_plans(only, Known(CODES, (1,))).national == ()


def test_a_folder_without_a_plan_is_told() -> None:
    assert places(faults({})) == [("<slug>.toml", 0, FileFault.NO_FILE)]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("Dinsos", "Dinkes", 3, PlanFault.SHORT_NAME_TWICE),
        ("53.04,Dinas Sosial", "53.05,Dinas Sosial", 3, PlanFault.REGENCY_UNKNOWN),
        ("yes", "ya", 3, FileFault.CODE_UNKNOWN),
        ("Dinas Sosial", "", 3, FileFault.REQUIRED),
    ],
)
def test_a_fault_in_the_agencies_names_its_line(old: str, new: str, line: int, code: object) -> None:
    assert (AGENCIES, line, code) in places(faults(files(agencies=OFFICES.replace(old, new, 1))))


def test_a_misi_takes_the_next_number() -> None:
    assert next_number([]) == 1
    assert next_number([1, 2]) == 3
    assert refuse_misi(3, [1, 2]) is None
    assert refuse_misi(2, [1, 2]) is Refusal.MISI_TAKEN
    assert refuse_misi(4, [1, 2]) is Refusal.MISI_GAP
