"""Writing news once, in the transaction of what it tells, with whom and what it concerns."""

from app.db.session import session
from app.db.upserts import add_once
from app.discussion.actions.comments import WRITTEN
from app.discussion.models import Comment
from app.discussion.rules.comments import ANSWERING
from app.discussion.rules.follows import Topic
from app.inbox import queries
from app.inbox.actions.telling import tell_at_once
from app.inbox.models import News, NewsFor, NewsTopic
from app.inbox.rules import FOR_AUTHOR_ONLY, MILESTONES, URGENT, NewsKind, kind_of_comment
from app.kernel.listeners import listens
from app.proposals.actions.moving import TOLD
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.queries import misi_of_proposal

Topics = list[tuple[Topic, str]]


@listens(TOLD)
def hear_step(entry: TimelineEntry) -> None:
    """A step is news to the author, unless it was theirs, and to those who follow what it touches."""
    proposal = _proposal(entry.proposal_id)
    people = {proposal.author_id} - {entry.actor_id}
    topics = _topics(proposal, entry)
    if proposal.number is None or not (people or topics):
        return
    news = News(kind=NewsKind.STEP, at=entry.at, proposal_id=proposal.id, entry_id=entry.id)
    _spread(news, topics, people)
    if entry.event in URGENT and people:
        tell_at_once(entry, proposal)


def _topics(proposal: Proposal, entry: TimelineEntry) -> Topics:
    """Nothing that others may not read is news to them."""
    if entry.event in FOR_AUTHOR_ONLY or proposal.public_since is None:
        return []
    topics = [(Topic.PROPOSAL, str(proposal.id))]
    if entry.event in MILESTONES:
        topics.append((Topic.VILLAGE, proposal.village_code))
        topics += [(Topic.MISI, str(misi.id)) for misi in misi_of_proposal(proposal.id)]
    return topics


@listens(WRITTEN)
def hear_comment(comment: Comment) -> None:
    """An answer is news to whom it answers; the word of author or office to followers; talk, once a day, to both."""
    proposal = _proposal(comment.proposal_id)
    kind = kind_of_comment(comment.voice, is_answer=comment.parent_id is not None)
    people, topics = {proposal.author_id}, [(Topic.PROPOSAL, str(proposal.id))]
    if kind is NewsKind.TALK:
        _talk(comment, topics, people)
        return
    if comment.parent_id:
        people = {session.get_one(Comment, comment.parent_id).author_id}
        topics = topics if comment.voice in ANSWERING else []
    people.discard(comment.author_id)
    if people or topics:
        _spread(News(kind=kind, at=comment.written_at, proposal_id=proposal.id, comment_id=comment.id), topics, people)


def _talk(comment: Comment, topics: Topics, people: set[int]) -> None:
    """One row a day for each proposal, which counts: a thousand comments are no thousand news."""
    day = comment.written_at.date()
    values = {"kind": NewsKind.TALK, "at": comment.written_at, "proposal_id": comment.proposal_id, "day": day}
    is_first = add_once(News, **values, count=1)
    news = queries.find_news(comment.proposal_id, day)
    if is_first:
        _spread(news, topics, people)
    else:
        session.refresh(news, with_for_update=True)
        news.count += 1


def _spread(news: News, topics: Topics, people: set[int]) -> None:
    session.add(news)
    session.flush()
    session.add_all(NewsTopic(kind=kind, ref=ref, news_id=news.id) for kind, ref in topics)
    session.add_all(NewsFor(person_id=person_id, news_id=news.id) for person_id in people)
    session.flush()


def _proposal(proposal_id: int) -> Proposal:
    return session.get_one(Proposal, proposal_id)
