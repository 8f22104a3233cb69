"""The only room that knows Bot Framework: verify, read, connect, send."""
