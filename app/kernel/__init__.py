"""Pure pieces that every room uses: actor, policy, outcomes, transitions, windows, paging. Standard library only."""
