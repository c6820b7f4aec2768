"""Faces in a photo, whether their eyes are open, and their focus: small networks of MediaPipe's."""
