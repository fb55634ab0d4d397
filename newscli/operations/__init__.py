"""The verbs: each takes posts and gives a report; no printing, no Typer, no Rich."""
