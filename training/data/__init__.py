"""Corpora -> EXAMPLES (one row a sentence x actor) or SENTENCES (one row a sentence)."""

from training.data.annotated_news import annotated_news
from training.data.arabicstancex import arabicstancex
from training.data.arsarcasm_v2 import arsarcasm_v2
from training.data.bundled import bundled
from training.data.examples import examples
from training.data.mawqif import mawqif
from training.data.newsmtsc import newsmtsc
from training.data.records import Record, check_output, csv_frame, records, text_of, write_rows
from training.data.rusentne import rusentne
from training.data.second_labels import second_labels

__all__ = [
    "Record",
    "annotated_news",
    "arabicstancex",
    "arsarcasm_v2",
    "bundled",
    "check_output",
    "csv_frame",
    "examples",
    "mawqif",
    "newsmtsc",
    "records",
    "rusentne",
    "second_labels",
    "text_of",
    "write_rows",
]
