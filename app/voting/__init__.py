"""Choosing: contests under a ceiling, the roll of who has voted, the box of ballots, and the count.

Words: a *contest* asks the residents of a region; an *option* is a proposal on its ballot, with a drawn number and a
cost; the *roll* says who has voted; a *ballot* says what, and belongs to nobody; a *tally* is the count with a reason
for every winner and loser.
Promises: what was opened does not change; a person votes once; nothing joins a person to a ballot; nothing is counted
before the contest is closed.
"""
