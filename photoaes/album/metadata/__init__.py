"""What the camera wrote into a photo's file."""
