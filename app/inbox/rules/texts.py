"""What messages say: in Indonesian, whoever reads them, and short."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.inbox.rules import LINES_TOLD, NewsKind
from app.proposals.rules import Event

AT_ONCE = {
    Event.PUBLISH: "Usulan Anda {number} sudah terbit dan dapat didukung warga.",
    Event.RETURN: "Usulan Anda {number} perlu diperbaiki. Baca alasannya, lalu kirim lagi.",
    Event.REJECT: "Usulan Anda {number} tidak diterima. Baca alasannya.",
}
STEPS = {
    Event.SUBMIT: "sudah dikirim",
    Event.PUBLISH: "sudah terbit",
    Event.RETURN: "perlu diperbaiki",
    Event.RESUBMIT: "perbaikannya sudah dikirim",
    Event.REJECT: "tidak diterima",
    Event.APPEAL: "disanggah pengusul",
    Event.MERGE: "digabung dengan usulan lain",
    Event.SHORTLIST: "masuk pemilihan",
    Event.SELECT: "terpilih",
    Event.DEFER: "ditunda ke tahun berikut",
    Event.REOPEN: "dibuka lagi",
    Event.ESCALATE: "diangkat ke jalur inovasi",
    Event.ROUTE: "diteruskan ke dinas",
    Event.PLAN: "masuk rencana kerja",
    Event.BUDGET: "masuk anggaran",
    Event.START: "mulai dikerjakan",
    Event.FINISH: "selesai dikerjakan",
    Event.WITHDRAW: "ditarik pengusul",
    Event.UNDO: "jawaban moderator dibatalkan",
    Event.SEPARATE: "penggabungannya dibatalkan",
    Event.TAKE_IN: "menerima gabungan usulan lain",
    Event.GIVE_BACK: "gabungannya dipisahkan lagi",
    Event.SPLIT: "dipecah menjadi dua",
    Event.VISIT: "tempatnya akan dilihat",
    Event.VISITED: "tempatnya sudah dilihat",
    Event.VERDICT: "ada putusan baru",
    Event.DEVIATE: "ada catatan berita acara",
    Event.REVISE: "tulisannya diperbaiki pengusul",
    Event.ADVANCE: "inovasinya pindah tahap",
}
TALKS = {
    NewsKind.ANSWER: "ada jawaban baru",
    NewsKind.STATEMENT: "ada penjelasan baru",
    NewsKind.TALK: "ada komentar baru",
}


@dataclass(frozen=True)
class Told:
    """A line of a digest."""

    number: str
    kind: NewsKind
    event: Event | None

    def __str__(self) -> str:
        return f"{self.number} {STEPS[self.event] if self.event else TALKS[self.kind]}"


def urgent_text(event: Event, number: str, url: str) -> str:
    """`url` is empty where the installation does not know its own address."""
    return f"{AT_ONCE[event].format(number=number)} {url}".strip()


def digest_text(news: Sequence[Told], inbox: str, consents: str) -> str:
    """The first few lines, how many more there are, where to read them, and where to stop the messages."""
    lines = [f"Mufakat: {len(news)} kabar untuk Anda.", *(f"- {one}" for one in news[:LINES_TOLD])]
    if len(news) > LINES_TOLD:
        lines.append(f"- dan {len(news) - LINES_TOLD} kabar lain")
    if inbox:
        lines += [f"Baca: {inbox}", f"Berhenti: {consents}"]
    return "\n".join(lines)
