"""A manager for archives of front-matter articles: files are the truth, the index is a cache."""

__version__ = "0.1.0"
