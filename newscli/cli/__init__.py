"""The command line: Typer, the terminal, colours and exit statuses. Nothing else imports it."""
