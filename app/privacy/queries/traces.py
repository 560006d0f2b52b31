"""Every column that points at a person: what their file tells of it, and what closing the account does to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.accounts.models import Attestation, Consent, Person, PersonView, RoleGrant, SignIn
from app.backing.models import Commitment, LegalAct, Partner, Task
from app.credentials.models import OneTimeCode, Passkey, RecoveryCode, ResidentCard, TotpSecret
from app.discussion.models import Comment, Follow, Support
from app.facilitation.models import Assistance, PaperBatch
from app.files.models import StoredDocument, StoredFile
from app.identity.models import GroupMembership, Identity
from app.identity.queries import OWN_LAST4
from app.inbox.models import InboxMark, News, NewsFor
from app.innovations.models import Decision, Innovation, InnovationProposal, Provision, StageEntry
from app.messages.models import Message
from app.moderation.models import (
    AbuseReport,
    Assignment,
    Batch,
    Merge,
    RankNote,
    ReviewNote,
    Score,
    SiteVisit,
    Split,
    VerdictEntry,
)
from app.monitoring.models import CitizenCheck, EarlierVersion, Evaluation, Report
from app.privacy.rules import Fate, Section
from app.proposals.models import Proposal, ProposalDraft, ProposalVersion, TimelineEntry
from app.rad.models import RadInnovation
from app.replication.models import Replication
from app.voting.models import Contest, Objection, PaperStack, RollEntry

OTHER = aliased(Person)
HELPER = OTHER.name.label("by")
IN_OFFICE = "what somebody did in a role stays on record, without their name; their file lists it under acts"


@dataclass(frozen=True)
class Trace:
    """A column that points at a person. `shown` goes into the file on them, never a secret and never a choice.

    `why` says why a trace is kept, or why nothing of it is shown.
    """

    column: InstrumentedAttribute[Any]
    fate: Fate
    section: Section | None = None
    shown: tuple[Any, ...] = ()
    joins: tuple[tuple[Any, Any], ...] = ()
    why: str = ""

    @property
    def model(self) -> Any:
        return self.column.class_

    @property
    def name(self) -> str:
        return f"{self.model.__tablename__}.{self.column.key}"

    def rows_of(self, person_id: int) -> Select[Any]:
        """What the file tells, the oldest first."""
        asked = select(*self.shown).select_from(self.model)
        for model, on in self.joins:
            asked = asked.join(model, on)
        return asked.where(self.column == person_id).order_by(*self.model.__table__.primary_key)


def _in_office(*columns: Any) -> tuple[Trace, ...]:
    return tuple(Trace(column, Fate.KEPT, why=IN_OFFICE) for column in columns)


_KNOWN: Sequence[Trace] = (
    Trace(
        Identity.person_id,
        Fate.DELETED,
        Section.IDENTITY,
        # Doubts tell whether another account has the NIK.
        (OWN_LAST4, Identity.birth_year, Identity.sex, Identity.recorded_at),
    ),
    Trace(GroupMembership.person_id, Fate.DELETED, Section.GROUPS, (GroupMembership.group,)),
    Trace(
        Consent.person_id,
        Fate.EMPTIED,
        Section.CONSENTS,
        (Consent.purpose, Consent.wording, Consent.mode, Consent.source, Consent.given_at, Consent.withdrawn_at),
        why="that there was a consent, and until when, has to be shown; where it came from is erased",
    ),
    Trace(
        Attestation.person_id,
        Fate.KEPT,
        Section.ATTESTATION,
        (Attestation.document, Attestation.at, HELPER),
        ((OTHER, OTHER.id == Attestation.attester_id),),
        why="how many people a facilitator has vouched for stays countable",
    ),
    Trace(
        Assistance.person_id,
        Fate.KEPT,
        Section.ASSISTANCE,
        (Assistance.deed, Assistance.at, HELPER),
        ((OTHER, OTHER.id == Assistance.facilitator_id),),
        why="how often a facilitator has acted for others stays countable",
    ),
)

_WAYS_IN: Sequence[Trace] = (
    Trace(
        SignIn.person_id,
        Fate.DELETED,
        Section.DEVICES,
        (SignIn.browser, SignIn.system, SignIn.way, SignIn.begun_at, SignIn.seen_at, SignIn.is_shared),
    ),
    Trace(SignIn.kiosk_for_id, Fate.DELETED, why="the session is the facilitator's; that they lent it is assistance"),
    Trace(
        OneTimeCode.person_id, Fate.DELETED, Section.CODES, (OneTimeCode.use, OneTimeCode.sent_at, OneTimeCode.used_at)
    ),
    Trace(
        ResidentCard.person_id,
        Fate.DELETED,
        Section.CARDS,
        (ResidentCard.issued_at, ResidentCard.expires_at, ResidentCard.revoked_at, ResidentCard.revoke_reason, HELPER),
        ((OTHER, OTHER.id == ResidentCard.issued_by_id),),
    ),
    Trace(Passkey.person_id, Fate.DELETED, Section.PASSKEYS, (Passkey.name, Passkey.added_at, Passkey.used_at)),
    Trace(TotpSecret.person_id, Fate.DELETED, Section.AUTHENTICATOR, (TotpSecret.added_at, TotpSecret.confirmed_at)),
    Trace(RecoveryCode.person_id, Fate.DELETED, Section.RECOVERY, (RecoveryCode.made_at, RecoveryCode.used_at)),
    Trace(
        Message.person_id,
        Fate.DELETED,
        Section.MESSAGES,
        (Message.kind, Message.channel, Message.status, Message.written_at, Message.sent_at, Message.delivered_at),
    ),
)

_TAKING_PART: Sequence[Trace] = (
    Trace(
        Proposal.author_id,
        Fate.EMPTIED,
        Section.PROPOSALS,
        (
            Proposal.number,
            Proposal.title,
            Proposal.problem,
            Proposal.work,
            Proposal.hamlet,
            Proposal.village_code,
            Proposal.volume,
            Proposal.unit,
            Proposal.estimate,
            Proposal.beneficiaries,
            Proposal.status,
            Proposal.written_at,
            Proposal.public_since,
        ),
        why="what was sent is part of the region's planning and has no name; drafts are deleted",
    ),
    Trace(
        ProposalDraft.author_id,
        Fate.DELETED,
        Section.DRAFTS,
        (ProposalDraft.answers, ProposalDraft.began_at, ProposalDraft.changed_at),
    ),
    Trace(
        StoredFile.owner_id,
        Fate.EMPTIED,
        Section.PHOTOS,
        (StoredFile.attached_to, StoredFile.width, StoredFile.height, StoredFile.created_at),
        why="a photo of what is public stays with it and tells nothing of who took it; those of drafts are deleted",
    ),
    Trace(
        Innovation.owner_id,
        Fate.EMPTIED,
        Section.INNOVATIONS,
        (Innovation.number, Innovation.name, Innovation.stage, Innovation.registered_at, Innovation.named_at),
        why="what became of an idea stays, told as one of the village; the name, where it was shown, goes",
    ),
    Trace(
        AbuseReport.reporter_id,
        Fate.KEPT,
        Section.REPORTS,
        (AbuseReport.wrong, AbuseReport.text, AbuseReport.at, AbuseReport.finding),
        why="what was done about a report stays on record, without a name",
    ),
    Trace(
        AbuseReport.author_id,
        Fate.KEPT,
        Section.REPORTED,
        (AbuseReport.wrong, AbuseReport.at, AbuseReport.finding),
        why="what was done about a text stays on record, without a name",
    ),
    Trace(
        TimelineEntry.actor_id,
        Fate.KEPT,
        Section.STEPS,
        (Proposal.number, TimelineEntry.event, TimelineEntry.at, TimelineEntry.reason),
        ((Proposal, Proposal.id == TimelineEntry.proposal_id),),
        why="the public timeline names roles, never people",
    ),
    Trace(
        Support.person_id,
        Fate.KEPT,
        Section.SUPPORTS,
        (Proposal.number, Proposal.title, Support.at),
        ((Proposal, Proposal.id == Support.proposal_id),),
        why="supports stay counted; nobody is shown who gave them",
    ),
    Trace(
        Comment.author_id,
        Fate.KEPT,
        Section.COMMENTS,
        (Proposal.number, Comment.text, Comment.status, Comment.written_at, Comment.edited_at),
        ((Proposal, Proposal.id == Comment.proposal_id),),
        why="what was said in public stays, without a name; whoever wants it gone deletes it before closing",
    ),
    Trace(
        CitizenCheck.person_id,
        Fate.KEPT,
        Section.CHECKS,
        (Innovation.number, CitizenCheck.answer, CitizenCheck.note, CitizenCheck.at),
        ((Innovation, Innovation.id == CitizenCheck.innovation_id),),
        why="answers stay counted; nobody is shown who gave them",
    ),
    Trace(Follow.person_id, Fate.DELETED, Section.FOLLOWS, (Follow.kind, Follow.ref, Follow.at)),
    Trace(
        NewsFor.person_id,
        Fate.DELETED,
        Section.NEWS,
        (News.kind, News.at),
        ((News, News.id == NewsFor.news_id),),
    ),
    Trace(InboxMark.person_id, Fate.DELETED, Section.READ, (InboxMark.read_to, InboxMark.told_until)),
    Trace(
        RollEntry.person_id,
        Fate.KEPT,
        Section.VOTES,
        (Contest.title,),
        ((Contest, Contest.id == RollEntry.contest_id),),
        why="roll and box have to be equal; what was chosen is tied to nobody",
    ),
    Trace(
        Objection.author_id,
        Fate.KEPT,
        Section.OBJECTIONS,
        (Contest.title, Objection.text, Objection.at, Objection.answer),
        ((Contest, Contest.id == Objection.contest_id),),
        why="an objection and its answer belong to the result; nobody is shown who made it",
    ),
    Trace(
        RoleGrant.person_id,
        Fate.KEPT,
        Section.ROLES,
        (RoleGrant.role, RoleGrant.scope, RoleGrant.since, RoleGrant.until, RoleGrant.end_reason),
        why="who had which power when stays on record, without a name",
    ),
    Trace(
        PersonView.person_id,
        Fate.KEPT,
        Section.SEEN_BY,
        (PersonView.seen, PersonView.at, HELPER),
        ((OTHER, OTHER.id == PersonView.viewer_id),),
        why="who looked at whose record is known for five years",
    ),
)

_OFFICES = _in_office(
    Identity.recorded_by_id,
    ResidentCard.issued_by_id,
    RoleGrant.granted_by_id,
    RoleGrant.ended_by_id,
    Attestation.attester_id,
    Consent.witness_id,
    PersonView.viewer_id,
    Assistance.facilitator_id,
    PaperBatch.facilitator_id,
    PaperStack.made_by_id,
    PaperStack.first_typist_id,
    PaperStack.second_typist_id,
    Objection.answered_by_id,
    RadInnovation.added_by_id,
    Report.sent_by_id,
    Report.reviewed_by_id,
    EarlierVersion.sent_by_id,
    Evaluation.added_by_id,
    Proposal.typed_by_id,
    ProposalDraft.typed_by_id,
    ProposalVersion.written_by_id,
    Assignment.moderator_id,
    ReviewNote.author_id,
    SiteVisit.asked_by_id,
    SiteVisit.found_by_id,
    Merge.by_id,
    Merge.undone_by_id,
    Split.by_id,
    Batch.moderator_id,
    VerdictEntry.given_by_id,
    Score.assessor_id,
    RankNote.by_id,
    AbuseReport.closed_by_id,
    Comment.hidden_by_id,
    Contest.certified_by_id,
    RollEntry.helper_id,
    InnovationProposal.added_by_id,
    StageEntry.actor_id,
    *(one.added_by_id for one in (Provision, Commitment, LegalAct, Partner, Task)),
    *(Task.closed_by_id, Replication.asked_by_id, Replication.decided_by_id, StoredDocument.owner_id),
    *(one.withdrawn_by_id for one in (Provision, Commitment, LegalAct, Partner)),
    Decision.decided_by_id,
)

# In the order in which closing an account deletes.
TRACES: Sequence[Trace] = (*_KNOWN, *_WAYS_IN, *_TAKING_PART, *_OFFICES)
