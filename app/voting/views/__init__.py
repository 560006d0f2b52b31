"""Pages of voting: the planner's contests, the resident's ballot, the results."""

from app.voting.views import ballots, contests, downloads, papers, recounts, results, typing
from app.voting.views.blueprint import bp

__all__ = ["ballots", "bp", "contests", "downloads", "papers", "recounts", "results", "typing"]
