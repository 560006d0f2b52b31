"""Inovasi: what grows out of winning proposals, or was there before, on its way to being policy.

An *innovation* stands in a *stage*; a *gate* before each stage lists the *provisions* (decree, agency, baseline,
budget line …) that must be there. Five questions of PP 38/2017 decide whether a winner comes here at all.
Its history is never edited; whoever owns an innovation does not open its gates.
"""
