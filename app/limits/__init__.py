"""How often something may be tried: counters that all workers share and that no parallel request slips past."""
