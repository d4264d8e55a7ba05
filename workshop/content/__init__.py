"""The course's text, read and checked."""
