"""The life of a contest, who may cast which ballot, and the count."""
