"""What a person has done and said as a resident."""

from collections.abc import Sequence

from app.accounts.models import PersonView, RoleGrant
from app.delivery.models import WorkCheck
from app.discussion.models import Comment, Follow, Support
from app.files.models import StoredFile
from app.inbox.models import InboxMark, News, NewsFor
from app.innovations.models import Innovation
from app.moderation.models import (
    AbuseReport,
)
from app.monitoring.models import CitizenCheck
from app.privacy.queries.traces.trace import HELPER, OTHER, Trace
from app.privacy.rules import Fate, Section
from app.proposals.models import Proposal, ProposalDraft, TimelineEntry
from app.voting.models import Contest, Objection, RollEntry

TAKING_PART: Sequence[Trace] = (
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
        (Contest.title, RollEntry.channel, RollEntry.voted_on, RollEntry.replaced_on),
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
        WorkCheck.person_id,
        Fate.KEPT,
        Section.CHECKS,
        (Proposal.number, WorkCheck.answer, WorkCheck.note, WorkCheck.at),
        ((Proposal, Proposal.id == WorkCheck.proposal_id),),
        why="what a village says of a work stays counted; nobody is shown who said it",
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
