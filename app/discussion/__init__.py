"""What residents say about a proposal that is public: support now; comments and follows will stand here too.

*Support* is a resident's public backing: one a person for each proposal, counted on the proposal, taken back at
will while the phase that takes support is open. It is not a vote.
"""
