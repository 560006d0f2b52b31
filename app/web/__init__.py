"""Flask glue that knows no feature: access, clock, errors, headers, forms, assets, page context."""
