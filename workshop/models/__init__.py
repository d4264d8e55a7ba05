"""The case's models: pure arithmetic on the scenario's parameters."""
