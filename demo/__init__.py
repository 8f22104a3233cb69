"""A made-up tenant that speaks Graph, and a chat page that speaks Bot Connector, around the real bot."""
