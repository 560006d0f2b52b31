"""Kematangan: how mature an innovation is, by evidence, and what the regency's innovations make of its index.

An *indicator* asks for a level of 1 to 3 and weighs 1 to 4; the table of a year is frozen once evidence rests on it.
*Evidence* claims a level with one file and is *reviewed* by a planner who did not send it. The *score* (0 to 111) is
the sum of weight times accepted level.

Promises: only what was accepted counts; whatever is changed is reviewed anew; earlier evidence stays to be read;
a file is shown to everybody once it was accepted, before only to those who work on it; sums are exact.
"""
