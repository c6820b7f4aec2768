"""What every part of the window uses: threads, colours, icons, keys, numbers and sentences."""
