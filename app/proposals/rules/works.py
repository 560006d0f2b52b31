"""What an entry of the catalog means for a proposal: unit, group, about what it costs, and whether it is at a home."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalog.rules import EntryFacts, EntryKind, Evidence, PriceRange
from app.catalog.rules import estimate as estimate_of
from app.proposals.rules import MAX_ESTIMATE, Answers, Refusal
from app.search.rules import terms_of

# Works that are done at somebody's home, whatever their kind.
AT_HOME = ("jamban", "rtlh", "rumah layak huni", "sambungan rumah")
SUGGESTED = 6


@dataclass(frozen=True)
class Entry:
    """An entry that a proposal of this regency and plan year can name."""

    id: int
    code: str
    title: str
    definition: str
    unit: str
    kind: EntryKind
    price: PriceRange | None
    misi_id: int | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_free(self) -> bool:
        """Stands for what is not in the catalog: any unit, no price."""
        return self.kind is EntryKind.FREE

    @property
    def asks_for_group(self) -> bool:
        return EntryFacts(self.kind, self.price).asks_for_group

    @property
    def is_usually_at_home(self) -> bool:
        """Homes of families; of help to families it is not said where, so it is taken to be there."""
        return self.kind is EntryKind.SOCIAL_AID or any(words in self.title.casefold() for words in AT_HOME)


def cost_of(entry: Entry | None, volume: int) -> PriceRange | None:
    """About what it costs; None where nobody can say."""
    return estimate_of(EntryFacts(entry.kind, entry.price), volume) if entry else None


def refuse_work(answers: Answers, entry: Entry | None, *, is_known: bool) -> Refusal | None:
    """Why this work cannot be proposed; `is_known` says whether the entry belongs to the regency and the plan year."""
    if not is_known:
        return Refusal.UNKNOWN_ENTRY
    if answers.estimate > MAX_ESTIMATE:
        return Refusal.TOO_MUCH
    if entry is None:
        return None
    if not entry.is_free and answers.unit != entry.unit:
        return Refusal.OTHER_UNIT
    if entry.asks_for_group and not (answers.group_name and answers.group_registration):
        return Refusal.GROUP_MISSING
    return None


def outstanding(entry: Entry | None, *, has_photos: bool, has_group: bool) -> list[Evidence]:
    """What the catalog asks for before the work is planned and has not come yet; the papers come to the office."""
    there = {Evidence.PHOTO: has_photos, Evidence.GROUP: has_group}
    return [one for one in entry.evidence if not there.get(one, False)] if entry else []


def fitting(entries: Sequence[Entry], text: str, most: int = SUGGESTED) -> list[Entry]:
    """The entries that share the most words with a text, those of the title first; none where none does."""
    wanted = set(terms_of(text))
    scored = [(_shared(entry, wanted), entry) for entry in entries if not entry.is_free]
    found = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [entry for _, entry in found[:most]]


def _shared(entry: Entry, wanted: set[str]) -> int:
    title, definition = set(terms_of(entry.title)), set(terms_of(entry.definition))
    return 3 * len(wanted & title) + len(wanted & definition)
