"""The village facilitators' desk: enrolling residents who have no phone and verifying residents met in person."""
