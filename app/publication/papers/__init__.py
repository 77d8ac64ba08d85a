"""The documents of an edition, made from its snapshot alone: the same snapshot gives the same documents."""

from app.publication.papers.making import make

__all__ = ["make"]
