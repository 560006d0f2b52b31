"""The musrenbang year: a cycle for each plan year, its dated phases, and the ceilings (pagu) of its regions.

The plan year is the year the works are budgeted for; its cycle runs in the years before.
Phases may overlap: an activity is open while any phase that opens it is.
"""
