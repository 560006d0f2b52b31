"""Finding texts by their words: one analysis of Indonesian for both engines, which index what it makes of a text."""
