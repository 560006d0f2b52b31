"""The catalog of works (kamus usulan): what can be proposed, in which unit, at about which price, and whose task."""
