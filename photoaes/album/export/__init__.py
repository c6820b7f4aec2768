"""The best photos in a folder: a plan, copies or links, a receipt, a contact sheet."""
