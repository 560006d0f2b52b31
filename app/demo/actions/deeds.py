"""What people do with proposals that stand: each by the action that they use."""

from functools import singledispatch
from uuid import NAMESPACE_URL, uuid5

from app.demo.actions.playing import Play
from app.demo.rules import standing, steps
from app.demo.rules.people import BELU, OFFICERS_AGENCY
from app.discussion import actions as discussion
from app.discussion.rules.comments import Voice, Words
from app.discussion.rules.follows import Topic
from app.moderation import actions as moderation
from app.moderation.actions.splitting import Piece
from app.moderation.rules import state_mark
from app.moderation.rules.scoring import DEFAULT
from app.moderation.rules.verdicts import LevelVerdict
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import get_locked

CRITERIA = [criterion.code for criterion in DEFAULT if not criterion.is_automatic]


@singledispatch
def perform(step: steps.Step, play: Play) -> None:
    """Let the step happen; what is not told here is told in the play itself."""
    play.act(step)


def key_of_form(*words: str) -> str:
    """The same form in every installation."""
    return str(uuid5(NAMESPACE_URL, " ".join(words)))


def mark_of(proposal: Proposal) -> str:
    """The state as a page would have shown it, read anew."""
    proposal = get_locked(proposal.id)
    return state_mark(proposal.status, proposal.held_since)


@perform.register
def say(step: standing.Say, play: Play) -> None:
    agency = play.agencies[OFFICERS_AGENCY] if step.voice is Voice.OFFICER else None
    said = Words(step.text, step.stance, step.voice, agency)
    parent_id = play.comments[step.answers].id if step.answers else None
    form_key = key_of_form(step.by, step.proposal, step.text)
    proposal = play.proposals[step.proposal]
    written = discussion.write_comment(play.actor(step), proposal, said, form_key, step.at, parent_id)
    play.comments[step.comment] = written


@perform.register
def hide(step: standing.Hide, play: Play) -> None:
    proposal, comment = play.proposals[step.proposal], play.comments[step.comment]
    discussion.hide_comment(play.actor(step), proposal, comment.id, step.hide, step.reason, step.at)


@perform.register
def follow(step: standing.Follow, play: Play) -> None:
    if step.topic is Topic.PROPOSAL:
        ref = str(play.proposals[step.proposal].id)
    else:
        ref = step.ref if step.topic is Topic.VILLAGE else str(play.misi[int(step.ref)])
    discussion.follow(play.actor(step), step.topic, ref, BELU, step.at)


@perform.register
def revise(step: standing.Revise, play: Play) -> None:
    proposals.revise(play.actor(step), play.proposals[step.proposal.key], play.answers(step.proposal), step.at)


@perform.register
def judge(step: standing.Judge, play: Play) -> None:
    proposal = play.proposals[step.proposal]
    verdict = LevelVerdict(
        level=step.level,
        outcome=step.outcome,
        seen=mark_of(proposal),
        code=step.code,
        reason=step.reason,
        volume=step.volume,
        budget=step.budget,
        agency_id=play.agencies[step.agency] if step.agency else None,
        document=step.document,
    )
    moderation.judge(play.actor(step), proposal, verdict, step.at)


@perform.register
def set_sizes(step: standing.SetSizes, play: Play) -> None:
    moderation.set_sizes(play.actor(step), play.cycles[-1], step.sizes, step.at)


@perform.register
def assess(step: standing.Assess, play: Play) -> None:
    points = dict(zip(CRITERIA, map(int, step.points), strict=True))
    moderation.assess(play.actor(step), play.proposals[step.proposal], points, step.at)


@perform.register
def discuss(step: standing.Discuss, play: Play) -> None:
    moderation.note_discussion(play.actor(step), play.proposals[step.proposal], step.reason, step.at)


@perform.register
def deviate(step: standing.Deviate, play: Play) -> None:
    proposal = play.proposals[step.proposal]
    moderation.deviate(play.actor(step), proposal, step.place, step.reason, step.document, step.at)


@perform.register
def unite(step: standing.Unite, play: Play) -> None:
    merged, into = play.proposals[step.proposal], play.proposals[step.into]
    moderation.merge(play.actor(step), merged, into, mark_of(merged), step.reason, step.at)


@perform.register
def part(step: standing.Part, play: Play) -> None:
    whole = play.proposals[step.proposal]
    pieces = (
        Piece(step.title, step.work, step.volume, whole.unit, step.estimate),
        Piece(step.part_title, step.part_work, step.part_volume, step.part_unit, step.part_estimate),
    )
    form_key = key_of_form(step.part)
    play.proposals[step.part] = moderation.split(play.actor(step), whole, mark_of(whole), pieces, form_key, step.at)


@perform.register
def ask_visit(step: standing.AskVisit, play: Play) -> None:
    proposal, today = play.proposals[step.proposal], step.at.date()
    moderation.ask_for_visit(play.actor(step), proposal, step.due, today, step.question, step.at)


@perform.register
def answer_visit(step: standing.AnswerVisit, play: Play) -> None:
    moderation.answer_visit(play.actor(step), play.proposals[step.proposal], step.finding, step.at)


@perform.register
def tell(step: standing.Tell, play: Play) -> None:
    comment = play.comments[step.comment] if step.comment else None
    moderation.report(play.actor(step), play.proposals[step.proposal], step.wrong, step.text, step.at, comment)


@perform.register
def note(step: standing.Note, play: Play) -> None:
    moderation.write_note(play.actor(step), play.proposals[step.proposal], step.text, step.at)
