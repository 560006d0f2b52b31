"""What a person has done in a role."""

from typing import Any

from app.accounts.models import Attestation, Consent, PersonView, RoleGrant
from app.backing.models import Commitment, LegalAct, Partner, Task
from app.credentials.models import ResidentCard
from app.delivery.models import WorkProgress
from app.discussion.models import Comment
from app.facilitation.models import Assistance, PaperBatch
from app.files.models import StoredDocument
from app.identity.models import Identity
from app.innovations.models import Decision, InnovationProposal, Provision, StageEntry
from app.maturity.models import Evidence, GovernmentFigure
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
from app.monitoring.models import EarlierVersion, Evaluation, Report
from app.privacy.queries.traces.trace import Trace
from app.privacy.rules import Fate
from app.proposals.models import Proposal, ProposalDraft, ProposalVersion
from app.rad.models import RadInnovation
from app.replication.models import Replication
from app.voting.models import Contest, Objection, PaperStack, RollEntry

IN_OFFICE = "what somebody did in a role stays on record, without their name; their file lists it under acts"


def _in_office(*columns: Any) -> tuple[Trace, ...]:
    return tuple(Trace(column, Fate.KEPT, why=IN_OFFICE) for column in columns)


OFFICES = _in_office(
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
    WorkProgress.by_id,
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
    *(Evidence.added_by_id, Evidence.reviewed_by_id, Evidence.ended_by_id, GovernmentFigure.noted_by_id),
    *(Task.closed_by_id, Replication.asked_by_id, Replication.decided_by_id, StoredDocument.owner_id),
    *(one.withdrawn_by_id for one in (Provision, Commitment, LegalAct, Partner)),
    Decision.decided_by_id,
)
