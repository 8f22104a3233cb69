"""Plan traces, ask Graph, explain what happened to a mail."""
