"""Photos in the table: drafts of one person's form, attached to one thing, and swept when nobody names them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db.transaction import transaction
from app.files import actions as files
from app.files import queries as reading
from app.files.actions import DiskStorage, NotStored, Storage, Taken
from app.files.models import StoredFile
from app.files.permissions import PhotoFacts, may_see, shows_photos
from app.files.rules import DRAFTS_LAST, MOST_DRAFTS, MOST_PHOTOS, ORPHANS_LAST, UPLOADS, Photo, Refusal, Size
from app.files.words import tell
from app.kernel.actor import ANYONE, Actor
from app.kernel.outcomes import Refused
from app.limits import actions as limits
from app.limits.queries import counted
from tests import builders as b
from tests.files import pictures

COLOURS = ("teal", "navy", "olive", "maroon", "purple", "gray", "black")


class Sent:
    """A file as a form brings it."""

    def __init__(self, content: bytes, filename: str = "IMG_0001.jpg") -> None:
        self.filename: str | None = filename
        self.stream: IO[bytes] = BytesIO(content)


@pytest.fixture
def actor(session: Session, kept_on_disk: DiskStorage) -> Actor:
    b.make_regions()
    return b.actor_of(b.make_person())


def photos(*colours: str) -> list[Sent]:
    return [Sent(pictures.photo(colour)) for colour in colours]


def add(actor: Actor, form_key: str, *colours: str, now: datetime = b.NOW) -> Taken:
    """As a view does it."""
    taken = files.take(actor, photos(*colours), drafts(actor, form_key), now)
    files.keep(actor, form_key, taken, now)
    return taken


def drafts(actor: Actor, form_key: str) -> list[Photo]:
    return list(reading.drafts_of(actor.person_id or 0, form_key))


def attached(number: int, kind: str = "letter") -> list[Photo]:
    return list(reading.photos_of(kind, [number])[number])


def objects(storage: Storage) -> set[str]:
    return {stored.name for stored in storage.listing()}


def names(*found: Photo) -> set[str]:
    return {photo.name(size) for photo in found for size in Size}


# Taking


def test_a_photo_is_stored_in_every_size_before_it_has_a_row(actor: Actor, kept_on_disk: DiskStorage) -> None:
    taken = files.take(actor, photos("teal"), [], b.NOW)
    assert objects(kept_on_disk) == names(taken.pictures[0].photo)
    assert reading.known_among([taken.pictures[0].photo.key]) == set()


def test_what_is_no_photo_is_told_by_name_and_the_others_are_taken(actor: Actor) -> None:
    bad = Sent(pictures.SVG, "denah\u202egpj.svg")
    taken = files.take(actor, [*photos("teal"), bad, *photos("navy")], [], b.NOW)
    assert len(taken.pictures) == 2
    assert [fault.reason for fault in taken.faults] == [Refusal.NO_PHOTO]
    assert tell(taken.faults[0]).startswith("Foto “denahgpj.svg” tidak disimpan. Berkas ini bukan foto.")


@pytest.mark.parametrize("reason", Refusal)
def test_every_refusal_is_told_in_whole_sentences(reason: Refusal) -> None:
    facts = {"most": 5, "megapixels": 13, "most_megapixels": 12, "most_megabytes": 15}
    assert "%" not in tell(files.Fault("IMG.jpg", reason, facts))


def test_of_too_many_the_first_ones_are_taken(actor: Actor) -> None:
    taken = files.take(actor, photos(*COLOURS), [], b.NOW)
    assert len(taken.pictures) == MOST_PHOTOS
    assert [(fault.reason, fault.facts) for fault in taken.faults] == [(Refusal.TOO_MANY, {"most": MOST_PHOTOS})]


def test_what_is_kept_already_counts(actor: Actor) -> None:
    add(actor, "form", *COLOURS[:4])
    assert len(add(actor, "form", *COLOURS[4:]).pictures) == 1


def test_more_than_fifteen_megabytes_are_not_even_read(actor: Actor) -> None:
    endless = Sent(bytes(20 * 2**20))
    assert files.take(actor, [endless], [], b.NOW).faults[0].reason is Refusal.TOO_LARGE
    assert endless.stream.tell() == 15 * 2**20 + 1


def test_a_storage_that_is_away_is_told_at_the_photo(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: DiskStorage, name: str, content: bytes) -> None:
        raise NotStored

    monkeypatch.setattr(DiskStorage, "put", away)
    taken = files.take(actor, photos("teal"), [], b.NOW)
    assert (len(taken.pictures), taken.faults[0].reason) == (0, Refusal.NOT_STORED)


def test_while_the_storage_is_away_the_other_photos_do_not_wait_for_it(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def away(self: DiskStorage, name: str, content: bytes) -> None:
        tries.append(name)
        raise NotStored

    monkeypatch.setattr(DiskStorage, "put", away)
    taken = files.take(actor, photos("teal", "navy", "olive"), [], b.NOW)
    assert [fault.reason for fault in taken.faults] == [Refusal.NOT_STORED] * 3
    assert len(tries) == 1


def test_who_sends_photos_without_end_waits_for_an_hour(actor: Actor) -> None:
    for _ in range(UPLOADS.most + 1):
        limits.count(UPLOADS, str(actor.person_id), b.NOW)
    taken = files.take(actor, photos("teal"), [], b.NOW)
    assert tell(taken.faults[0]).endswith("Terlalu sering dicoba. Tunggu 60 menit, lalu coba lagi.")
    assert len(files.take(actor, photos("teal"), [], b.NOW + UPLOADS.window).pictures) == 1


def test_good_and_bad_photos_are_counted(actor: Actor) -> None:
    taken = files.take(actor, [*photos("teal"), Sent(pictures.SVG)], [], b.NOW)
    files.keep(actor, "form", taken, b.NOW)
    assert counted(UPLOADS, str(actor.person_id), b.NOW) == 2


# Keeping, dropping


def test_drafts_are_those_of_one_person_and_one_form(actor: Actor) -> None:
    other = b.actor_of(b.make_person(name="Yosef Mau"))
    add(actor, "form", "teal")
    assert len(drafts(actor, "form")) == 1
    assert drafts(actor, "another form") == drafts(other, "form") == []


def test_the_same_photo_sent_again_is_one(actor: Actor) -> None:
    add(actor, "form", "teal")
    assert add(actor, "form", "teal", "navy").faults == []
    assert len(drafts(actor, "form")) == 2


def test_drafts_stay_in_the_order_in_which_they_came(actor: Actor) -> None:
    taken = add(actor, "form", *COLOURS[:3])
    assert drafts(actor, "form") == [picture.photo for picture in taken.pictures]


def test_only_ones_own_drafts_can_be_dropped(actor: Actor) -> None:
    other = b.actor_of(b.make_person(name="Yosef Mau"))
    add(actor, "form", "teal", "navy")
    first, second = drafts(actor, "form")
    files.drop(other, "form", [first.key])
    files.drop(actor, "another form", [first.key])
    files.drop(actor, "form", [second.key, "0\0", "%", "x" * 5000])
    assert drafts(actor, "form") == [first]


def test_who_never_finishes_a_form_keeps_only_the_newest_photos(actor: Actor, session: Session) -> None:
    one = add(actor, "form 0", "teal").pictures[0]
    for number in range(1, MOST_DRAFTS + 3):
        photo = Photo(f"{number:032x}", 1, 1, one.photo.digest)
        files.keep(actor, f"form {number}", Taken([files.Picture(photo, 1)], []), b.NOW)
    assert session.scalar(select(func.count(StoredFile.id))) == MOST_DRAFTS
    assert drafts(actor, "form 0") == []


# Attaching, detaching


def test_the_drafts_of_a_form_become_photos_of_what_comes_of_it(actor: Actor) -> None:
    taken = add(actor, "form", "teal", "navy")
    add(actor, "another form", "olive")
    files.attach(actor, "form", "letter", 7)
    assert attached(7) == [picture.photo for picture in taken.pictures]
    assert drafts(actor, "form") == attached(8) == attached(7, "report") == []
    assert len(drafts(actor, "another form")) == 1


def test_a_form_that_comes_again_adds_nothing(actor: Actor) -> None:
    for _ in range(2):
        add(actor, "form", "teal")
        files.attach(actor, "form", "letter", 7)
    assert len(attached(7)) == 1
    assert drafts(actor, "form") == []


def test_two_forms_cannot_bring_more_than_there_may_be(actor: Actor) -> None:
    add(actor, "form", *COLOURS[:3])
    add(actor, "another form", *COLOURS[3:6])
    files.attach(actor, "form", "letter", 7)
    with pytest.raises(Refused) as refused:
        files.attach(actor, "another form", "letter", 7)
    assert refused.value.reason is Refusal.TOO_MANY


def test_a_photo_that_is_taken_off_is_gone(actor: Actor) -> None:
    add(actor, "form", "teal", "navy")
    files.attach(actor, "form", "letter", 7)
    first, second = attached(7)
    files.detach("letter", 8, [first.key])
    files.detach("letter", 7, [first.key])
    assert attached(7) == [second]
    assert reading.find_facts(first.key) is None


def test_photos_of_a_whole_list_cost_one_statement(actor: Actor, queries: Callable[..., Any]) -> None:
    for number in range(3):
        add(actor, f"form {number}", "teal")
        files.attach(actor, f"form {number}", "letter", number)
    with queries() as sent:
        found = reading.photos_of("letter", range(4))
    assert [len(found[number]) for number in range(4)] == [1, 1, 1, 0]
    assert len(sent) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"form_key": None}, {"attached_to": "letter"}, {"attached_id": 7}, {"attached_to": "letter", "attached_id": 7}],
)
def test_a_photo_is_a_draft_or_attached_and_never_both_or_neither(
    actor: Actor, session: Session, wrong: dict[str, Any]
) -> None:
    add(actor, "form", "teal")
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(StoredFile).values(**wrong))


# Who sees


def test_a_draft_is_seen_by_its_owner_alone() -> None:
    draft = PhotoFacts(owner_id=4)
    assert may_see(Actor(4), draft)
    assert not may_see(Actor(5), draft)
    assert not may_see(ANYONE, draft)


def test_an_attached_photo_is_seen_by_whom_its_room_says() -> None:
    @shows_photos("card")
    def sees(actor: Actor, number: int) -> bool:
        return actor.is_signed_in and number == 7

    assert may_see(Actor(5), PhotoFacts(4, "card", 7))
    assert not may_see(Actor(4), PhotoFacts(4, "card", 8))
    assert not may_see(ANYONE, PhotoFacts(4, "card", 7))


def test_what_no_room_speaks_for_is_seen_by_nobody() -> None:
    assert not may_see(Actor(4), PhotoFacts(4, "nothing", 7))


# Sweeping, on each storage


def later(storage: Storage) -> datetime:
    """A day after everything that is there was stored: a disk and a bucket go by their own clocks."""
    return max([b.NOW, *(stored.since for stored in storage.listing())]) + ORPHANS_LAST + timedelta(minutes=1)


@pytest.fixture
def sweeper(session: Session, kept_in: Storage) -> Actor:
    b.make_regions()
    return b.actor_of(b.make_person())


def test_the_sweep_takes_only_old_objects_that_no_row_names(sweeper: Actor, kept_in: Storage) -> None:
    add(sweeper, "form", "teal")
    files.take(sweeper, photos("navy"), [], b.NOW)  # its request broke off before the row
    kept_in.put("0123456789abcdef0123456789abcdef-kecil.jpg.part", b"half")
    at = later(kept_in)
    young, old = files.sweep(at - ORPHANS_LAST), files.sweep(at)
    assert (young.deleted, old.deleted) == (0, 4)
    assert objects(kept_in) == names(*drafts(sweeper, "form"))
    assert files.sweep(at).deleted == 0


def test_the_sweep_tells_of_photos_whose_objects_are_gone(sweeper: Actor, kept_in: Storage) -> None:
    add(sweeper, "form", "teal", "navy", now=b.NOW)
    first, second = drafts(sweeper, "form")
    kept_in.delete(second.name(Size.MEDIUM))
    assert files.sweep(later(kept_in)).missing == [second.key]
    assert kept_in.get(first.name(Size.FULL)) is not None


def test_a_dropped_photo_leaves_nothing_behind_once_swept(sweeper: Actor, kept_in: Storage) -> None:
    add(sweeper, "form", "teal")
    files.drop(sweeper, "form", [drafts(sweeper, "form")[0].key])
    files.sweep(later(kept_in))
    assert objects(kept_in) == set()


def test_forms_that_nobody_finishes_are_forgotten_after_a_month(actor: Actor) -> None:
    add(actor, "old form", "teal", now=b.NOW - DRAFTS_LAST - timedelta(seconds=1))
    add(actor, "young form", "teal", now=b.NOW - DRAFTS_LAST)
    add(actor, "finished form", "teal", now=b.NOW - 2 * DRAFTS_LAST)
    files.attach(actor, "finished form", "letter", 7)
    assert files.forget_drafts(b.NOW) == 1
    assert (len(drafts(actor, "old form")), len(drafts(actor, "young form")), len(attached(7))) == (0, 1, 1)


def test_the_command_sweeps_and_fails_where_a_photo_is_missing(
    app: Flask, actor: Actor, kept_on_disk: DiskStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.files.cli.system_clock", lambda: later(kept_on_disk))
    add(actor, "form", "teal")
    good = app.test_cli_runner().invoke(args=["files", "sweep"])
    assert (good.exit_code, good.stdout) == (0, "0 foto draf dilupakan, 0 berkas tanpa catatan dihapus.\n")
    missing = drafts(actor, "form")[0]
    (kept_on_disk.folder / missing.key[:2] / missing.name(Size.THUMB)).unlink()
    bad = app.test_cli_runner().invoke(args=["files", "sweep"])
    assert bad.exit_code == 1
    assert missing.key in bad.stderr


# At once


def test_one_photo_that_comes_several_times_at_once_is_one(
    live_app: Flask, kept_on_disk: DiskStorage, at_once: Callable[..., list[Any]]
) -> None:
    key = str(uuid4())
    with live_app.app_context(), transaction():
        b.make_regions()
        sender = b.actor_of(b.make_person())

    def send(_number: int) -> None:
        taken = files.take(sender, photos("teal"), [], b.NOW)
        with transaction():
            files.keep(sender, key, taken, b.NOW)

    assert at_once(send, 6) == [None] * 6
    with live_app.app_context():
        assert len(drafts(sender, key)) == 1
