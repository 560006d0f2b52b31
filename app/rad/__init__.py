"""The regional action plan (RAD): pillars, actions under them, what each shall reach by when, and who pays it how.

*Action*: a line of the plan's matrix, with a code. *Indicator*: of its output or its outcome, with a baseline and a
target for each year. *Fund*: what a source pays in a year. *Adopted*: complete, and decided on.

Promises: an adopted action says for every year of the plan what it shall reach and who pays; innovations and, through
them, the proposals of residents are found from their action and back.
"""
