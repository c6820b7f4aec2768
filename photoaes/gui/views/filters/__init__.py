"""Order and filters: the bar above the grid, the facets beside it, the score's range."""
