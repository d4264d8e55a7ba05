"""The commands of the command line that are not in ``workshop.cli`` itself, by who uses them."""
