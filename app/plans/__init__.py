"""What a regency has promised: RPJMD or RAD with vision, values and misi; pillars; agencies (OPD).

A misi belongs to one regency. Pillars are a regency's own where its plan has some, else the national four.
"""
