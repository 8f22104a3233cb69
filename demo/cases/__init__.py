"""A case for each fate that a message can meet."""
