"""What is shown: the grid, filters, one photo large, several beside each other, panels, dialogs."""
