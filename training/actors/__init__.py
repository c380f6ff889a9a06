"""Sentences -> mentions of actors: a gazetteer of names and aliases."""

from training.actors.finder import Gazetteer, Mention
from training.actors.forms import read_forms

__all__ = ["Gazetteer", "Mention", "read_forms"]
