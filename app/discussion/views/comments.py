"""What is said of a proposal: a few words on its page, all of it on a page of its own, one comment with its answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for

from app.discussion import queries
from app.discussion.models import Comment
from app.discussion.permissions import COMMENT_POLICY, CanWithComment, CommentFacts, voices_of
from app.discussion.queries import CommentRow
from app.discussion.rules import BEFORE_PUBLISHING
from app.discussion.rules.comments import (
    EDIT_WINDOW,
    CommentOrder,
    CommentRefusal,
    CommentStatus,
    Stance,
    Voice,
    is_editable,
    refuse_comment,
)
from app.discussion.views.blueprint import bp
from app.discussion.views.support import standing_here
from app.discussion.words import STANCE_KINDS
from app.i18n.catalogues import words
from app.kernel.actor import SPEAKS
from app.kernel.outcomes import Missing
from app.kernel.paging import Page
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_seen_by
from app.regions.rules import Regency
from app.web.access import current_actor, public
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel, panels_for


@dataclass(frozen=True)
class TalkPanel:
    """The newest words on a proposal's own page, and how many there are."""

    number: str | None
    count: int
    rows: Sequence[CommentRow]


@dataclass(frozen=True)
class TalkPage:
    """All that is said of a proposal, in an order, and what this visitor may add or why not."""

    proposal: Proposal
    count: int
    rows: Sequence[CommentRow]
    order_chips: Sequence[tuple[str, str, bool, None]]
    refusal: CommentRefusal | None
    may_speak: bool
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class CommentPage:
    """One comment with its answers, and what this visitor may do about it; moderators see what they have closed."""

    proposal: Proposal
    row: CommentRow
    answers: Page[CommentRow]
    may_answer: bool
    edit_until: datetime | None
    may_delete: bool
    may_hide: bool
    hidden_text: str
    panels: Sequence[Panel]
    next_url: str | None


@bp.app_template_filter("stance_kind")
def stance_kind(stance: Stance) -> str:
    """The kind of badge of a stance."""
    return STANCE_KINDS[stance]


@adds_panel("proposal")
def talk_panel(proposal: Proposal) -> Panel | None:
    if proposal.status in BEFORE_PUBLISHING or proposal.public_since is None:
        return None
    standing = standing_here(proposal)
    page = TalkPanel(proposal.number, standing.comments, standing.newest)
    return Panel(Place.BELOW, "discussion/_talk.html", page)


def voices_here(proposal: Proposal) -> tuple[Voice, ...]:
    """In which voices this visitor may speak of the proposal."""
    return voices_of(current_actor(), facts_of(proposal))


def why_not(proposal: Proposal, voices: Sequence[Voice], *, is_answer: bool = False) -> CommentRefusal | None:
    """Why this visitor, who has these voices, cannot say anything now."""
    in_office = [voice for voice in voices if voice not in (Voice.RESIDENT, Voice.AUTHOR)]
    if voices and not in_office and current_actor().level < SPEAKS:
        return CommentRefusal.NOT_CONFIRMED
    is_official = is_answer and bool(in_office or Voice.AUTHOR in voices)
    return refuse_comment(proposal.status, queries.phases_of(proposal.cycle_id), now(), is_official_answer=is_official)


@bp.route("/<regency>/usulan/<number>/obrolan")
@public
def talk(regency: Regency, number: str) -> Any:
    actor = current_actor()
    proposal = get_seen_by(actor, regency.code, number)
    asked, after = request.args.get("urut", ""), request.args.get("setelah")
    order = CommentOrder(asked) if asked in set(CommentOrder) else CommentOrder.NEWEST
    found = queries.comments_page(proposal.id, order, after)
    standing = standing_here(proposal)

    def url(of: CommentOrder, mark: str | None = None) -> str:
        return url_for(".talk", number=proposal.number, urut=of.value, setelah=mark)

    page = TalkPage(
        proposal=proposal,
        count=standing.comments,
        rows=found.rows,
        order_chips=[(words(one), url(one), one is order, None) for one in CommentOrder],
        refusal=refuse_comment(proposal.status, standing.phases, now()),
        may_speak=not actor.is_signed_in or bool(voices_here(proposal)),
        next_url=url(order, found.after) if found.after else None,
        first_url=url(order) if after else None,
    )
    return render_template("discussion/talk.html", page=page)


def find_here(regency: Regency, number: str, comment_id: int) -> tuple[Proposal, Comment]:
    """A proposal that the visitor may see, with a comment on it."""
    proposal = get_seen_by(current_actor(), regency.code, number)
    comment = queries.get_comment(comment_id)
    if comment.proposal_id != proposal.id:
        raise Missing
    return proposal, comment


@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>")
@public
def comment(regency: Regency, number: str, comment_id: int) -> Any:
    actor, after = current_actor(), request.args.get("setelah")
    proposal = get_seen_by(actor, regency.code, number)
    found = queries.get_comment(comment_id)
    if found.proposal_id != proposal.id:
        return _where_it_went(regency, found)
    facts = CommentFacts(proposal.village_code, found.author_id)
    answers = queries.answers_to(found.id, after)
    is_shown, is_top = found.status is CommentStatus.SHOWN, found.parent_id is None
    voices = voices_here(proposal)
    is_own = COMMENT_POLICY.may(actor, CanWithComment.EDIT, facts)
    may_hide = COMMENT_POLICY.may(actor, CanWithComment.HIDE, facts) and found.status is not CommentStatus.DELETED
    may_edit = is_own and is_editable(found.status, found.written_at, now())
    next_url = url_for(".comment", number=number, comment_id=found.id, setelah=answers.after) if answers.after else None
    page = CommentPage(
        proposal=proposal,
        row=queries.row_of(found.id),
        answers=answers,
        may_answer=is_shown and is_top and (not actor.is_signed_in or bool(voices)),
        edit_until=found.written_at + EDIT_WINDOW if may_edit else None,
        may_delete=is_own and is_shown,
        may_hide=may_hide,
        hidden_text=found.text if may_hide and not is_shown else "",
        panels=panels_for("comment", (proposal, found)),
        next_url=next_url,
    )
    return render_template("discussion/comment.html", page=page)


def _where_it_went(regency: Regency, found: Comment) -> Any:
    """To the proposal that its own was united with, where the visitor may see that one; else it is missing."""
    number = queries.number_of(found.proposal_id, regency.code)
    there = get_seen_by(current_actor(), regency.code, number or "")
    return redirect(url_for(".comment", number=there.number, comment_id=found.id), 303)
