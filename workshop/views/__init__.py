"""How exercises look in a notebook: plain data goes in, messages come out. A view knows no course, file or answer rule."""
