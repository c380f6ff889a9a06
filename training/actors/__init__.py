"""Sentences -> mentions of actors: a gazetteer of names and aliases."""

from training.actors.finder import Gazetteer, Mention
from training.actors.forms import read_forms


def gazetteer(path: str | None = None) -> Gazetteer:
    """The bundled gazetteer, and the actors of a user's YAML file ``path`` beside it."""
    return Gazetteer(read_forms(path))


__all__ = ["Gazetteer", "Mention", "gazetteer", "read_forms"]
