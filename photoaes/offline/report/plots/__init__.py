"""The report's plots, as SVG. Colours are the page's: see `photoaes.offline.report.style`."""
