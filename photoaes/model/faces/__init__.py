"""Faces in a photo, and whether their eyes are open: three small networks of MediaPipe's."""
