"""Corpora -> EXAMPLES (one row a sentence x actor) and SENTENCES (one row a sentence)."""

from training.data.annotated_news import all_news, annotated_news
from training.data.arabicstancex import arabicstancex
from training.data.bundled import bundled, bundled_sentences
from training.data.examples import examples
from training.data.mawqif import mawqif
from training.data.newsmtsc import newsmtsc
from training.data.records import Record, check_output, records, text_of, write_rows
from training.data.rusentne import rusentne

__all__ = [
    "all_news",
    "annotated_news",
    "arabicstancex",
    "mawqif",
    "newsmtsc",
    "rusentne",
    "Record",
    "bundled",
    "bundled_sentences",
    "check_output",
    "examples",
    "records",
    "text_of",
    "write_rows",
]
