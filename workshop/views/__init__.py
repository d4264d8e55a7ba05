"""How exercises look in a notebook: plain data goes in, messages come out. Views know no rules and no files."""
