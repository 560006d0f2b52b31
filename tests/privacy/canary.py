"""A person with data in every table, and what must not be found of them afterwards."""

from datetime import timedelta
from uuid import uuid4

from app.accounts import actions as accounts
from app.accounts.models import Person, SignIn
from app.accounts.rules import Document
from app.accounts.rules.consents import Mode, Purpose
from app.accounts.rules.sessions import Device, digest_of
from app.accounts.rules.views import Seen
from app.credentials.models import OneTimeCode, Passkey, RecoveryCode, ResidentCard, TotpSecret
from app.credentials.rules import Use
from app.db.session import session
from app.delivery.models import Work, WorkCheck
from app.delivery.rules import Answer
from app.discussion.actions import support
from app.discussion.models import Comment, Follow
from app.discussion.rules.comments import CommentStatus, Stance, Voice
from app.discussion.rules.follows import Topic
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed
from app.files.models import StoredFile
from app.identity.actions import Particulars, declare_groups, identify
from app.identity.queries import identity_of
from app.identity.rules import Group
from app.identity.rules.nik import Nik, parse_nik
from app.inbox.models import InboxMark, News, NewsFor
from app.inbox.rules import NewsKind
from app.innovations import actions as innovations
from app.innovations.rules.entry import Behalf
from app.innovations.rules.entry import Entry as InnovationEntry
from app.innovations.rules.stages import Origin
from app.kernel.actor import Role
from app.messages.models import Message
from app.messages.rules import Channel, Kind, MessageStatus
from app.moderation.models import AbuseReport
from app.moderation.rules.reports import SubjectKind, Wrong
from app.monitoring.models import CitizenCheck
from app.monitoring.rules.checks import Answer as Seeing
from app.proposals.models import ProposalDraft
from app.vault import blind_index, seal
from app.voting.actions import cast_ballot
from app.voting.models import Objection
from tests import builders as b

NAME = "Yuliana Kanaria Seran"
PHONE = "+6281255501234"
HAMLET = "Dusun Kanaria"
NIK = "5304015203880007"
CHOICES = [2]


def canary() -> Person:
    """Somebody who has used everything; regions, misi and cycle are there."""
    hashed = accounts.hash_password(b.PASSWORD, PHONE)
    person = accounts.register(
        accounts.Resident(NAME, b.MAKIR, PHONE, hashed, hamlet=HAMLET, form_key=str(uuid4())), b.NOW
    )
    accounts.confirm_phone(person, b.NOW)
    _identify(person)
    _credentials(person)
    _take_part(person)
    session.flush()
    return person


def leaks(person: Person) -> list[bytes]:
    """What tells who somebody was, as it stands in the database; to be asked before it is erased."""
    identity = identity_of(person.id)
    assert identity is not None
    assert identity.nik_digest is not None
    texts = (NAME, PHONE, PHONE[3:], HAMLET, NIK, identity.nik_digest.partition(":")[2], blind_index("phone", PHONE))
    return [text.encode() for text in texts] + [person.phone_sealed or b"?"]


def _identify(person: Person) -> None:
    nik = parse_nik(NIK, b.NOW.date())
    assert isinstance(nik, Nik)
    helper = b.make_staff(Role.FACILITATOR, b.MAKIR)
    identify(helper, person, Particulars(nik), b.NOW)
    declare_groups(b.actor_of(person), person, [Group.WOMEN, Group.DISABILITY], Mode.SELF, b.NOW)
    accounts.give_consent(person, Purpose.MESSAGES, Mode.READ_ALOUD, helper.person_id, b.NOW, f"surat {NAME}")
    accounts.attest(helper, person, Document.KTP, b.NOW)
    accounts.note_views(helper, [person.id], Seen.RECORD, b.NOW)
    assert helper.person_id is not None
    session.add(
        Assistance(
            facilitator_id=helper.person_id,
            person_id=person.id,
            village_code=b.MAKIR,
            deed=Deed.ATTESTED,
            at=b.NOW,
        )
    )
    session.flush()


def _credentials(person: Person) -> None:
    now, later = b.NOW, b.NOW + timedelta(days=900)
    index = blind_index("phone", PHONE)
    accounts.begin_session(person.id, person.epoch, Device("Chrome", "Android"), False, now)
    lender = accounts.begin_session(b.make_person().id, 0, Device(), True, now)
    lent = session.query(SignIn).filter_by(digest=digest_of(lender)).one()
    lent.kiosk_for_id, lent.kiosk_pin = person.id, "f" * 64
    code = {"use": Use.SIGN_IN, "phone_index": index, "browser_digest": "b" * 64, "code_digest": "c" * 64}
    session.add_all(
        [
            OneTimeCode(person_id=person.id, sent_at=now, **code),
            OneTimeCode(person_id=None, sent_at=now, **code),
            ResidentCard(
                person_id=person.id,
                code="kanaria-kartu",
                password_hash=person.password_hash or "",
                issued_by_id=person.id,
                issued_at=now,
                expires_at=later,
            ),
            Passkey(
                person_id=person.id, credential_id=b"kunci", public_key=b"umum", sign_count=1, name=HAMLET, added_at=now
            ),
            TotpSecret(person_id=person.id, secret_sealed=seal("rahasia", "totp"), added_at=now),
            RecoveryCode(person_id=person.id, digest="d" * 64, made_at=now),
            Message(
                key=str(uuid4()),
                kind=Kind.NOTICE,
                channel=Channel.PHONE,
                person_id=person.id,
                address_sealed=seal(PHONE, "message"),
                text_sealed=seal(NAME, "message"),
                status=MessageStatus.SENT,
                written_at=now,
                due_at=now,
                expires_at=later,
            ),
        ]
    )
    session.flush()


def _talk(person: Person, proposal_id: int) -> None:
    news = News(kind=NewsKind.TALK, at=b.NOW, proposal_id=proposal_id, day=b.NOW.date())
    session.add(news)
    session.flush()
    session.add_all(
        [
            Comment(
                proposal_id=proposal_id,
                author_id=person.id,
                form_key=str(uuid4()),
                voice=Voice.AUTHOR,
                village_code=b.MAKIR,
                stance=next(iter(Stance)),
                text="Airnya sudah kering sejak Juni.",
                status=CommentStatus.SHOWN,
                written_at=b.NOW,
            ),
            Follow(person_id=person.id, kind=Topic.VILLAGE, ref=b.MAKIR, at=b.NOW),
            NewsFor(person_id=person.id, news_id=news.id),
            InboxMark(person_id=person.id, read_to=1),
        ]
    )
    session.flush()


def _take_part(person: Person) -> None:
    idea = InnovationEntry(
        Behalf(Origin.RESIDENT, village_code=b.MAKIR), "ANTRE RINGAN", "", "Antre dari rumah.", is_named=True
    )
    own = innovations.enter(b.actor_of(person), b.BELU, idea, str(uuid4()), b.NOW)
    seen = {"year": 2026, "quarter": 3, "answer": Seeing.YES, "note": "", "is_attested": False, "at": b.NOW}
    session.add(CitizenCheck(innovation_id=own.id, person_id=person.id, **seen))
    session.add(
        ProposalDraft(
            author_id=person.id, form_key=str(uuid4()), answers={"hamlet": HAMLET}, began_at=b.NOW, changed_at=b.NOW
        )
    )
    photo = {"width": 640, "height": 480, "bytes": 9000, "owner_id": person.id, "created_at": b.NOW}
    session.add_all(
        [
            StoredFile(key="k" * 32, form_key=str(uuid4()), source_digest="s" * 64, **photo),
            StoredFile(key="l" * 32, attached_to="proposal", attached_id=1, source_digest="t" * 64, **photo),
        ]
    )
    report = {
        "subject_kind": SubjectKind.PROPOSAL,
        "village_code": b.MAKIR,
        "text": "",
        "at": b.NOW,
        "wrong": Wrong.SPAM,
    }
    session.add_all(
        [
            AbuseReport(subject_id=1, author_id=person.id, reporter_id=b.make_person().id, **report),
            AbuseReport(subject_id=2, author_id=b.make_person().id, reporter_id=person.id, **report),
        ]
    )
    b.make_draft(person, title="Rancangan yang belum dikirim")
    _talk(person, b.make_published(person, title="Usulan yang sudah terbit").id)
    support(b.actor_of(person), b.make_published(title="Usulan orang lain yang didukung"), b.NOW)
    asked = b.make_published(title="Usulan yang sudah dikerjakan").id
    plan = {"plan_year": 2027, "plan_code": "1.03", "plan_name": "Pemeliharaan jalan desa"}
    session.add(Work(proposal_id=asked, regency_code=b.BELU, **plan))
    session.flush()
    word = {"answer": Answer.NOT_YET, "note": "Baru separuh jalan.", "at": b.NOW}
    session.add(WorkCheck(proposal_id=asked, person_id=person.id, **word))
    contest = b.make_contest()
    cast_ballot(b.actor_of(person), contest, CHOICES, b.NOW)
    doubt = {"form_key": str(uuid4()), "text": "Jumlah suara di TPS 2 tidak sama dengan daftar hadir.", "at": b.NOW}
    session.add(Objection(contest_id=contest.id, author_id=person.id, **doubt))
