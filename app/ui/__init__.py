"""Layout, component macros, the style sheet and the icon sprite: what every page is made of. No Python here."""
