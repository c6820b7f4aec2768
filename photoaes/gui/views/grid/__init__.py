"""The grid: list model, layout, cell painting and view."""
