"""Quarters, what is due by then, lights, reports, alerts, citizen checks and evaluations; all pure."""
