"""A sentence as the finder of actors reads it: words, what stands between them, and the way back."""

from training.text import normalise, offsets, original_span, words


class Words:
    """A sentence's normalised words with the way back to its characters."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        self.plain = normalise(sentence)
        self.back = offsets(sentence)
        self.places = words(self.plain)
        self.words = [self.plain[start:end] for start, end in self.places]

    def joined(self, index: int) -> bool:
        """Whether only spaces, hyphens or quotes stand between this word and a next one."""
        if index + 1 >= len(self.places):
            return False
        between = self.plain[self.places[index][1] : self.places[index + 1][0]]
        return not between.strip(' \t"«»“”-–_')

    def before(self, index: int) -> str:
        """The word joined to this one from before; empty where there is none."""
        return self.words[index - 1] if index and self.joined(index - 1) else ""

    def after(self, index: int) -> str:
        """What stands behind this word up to the next one, without spaces."""
        following = self.places[index + 1][0] if index + 1 < len(self.places) else len(self.plain)
        return self.plain[self.places[index][1] : following].strip()

    def span(self, first: int, last: int, cut: int) -> tuple[int, int]:
        """The original span from ``cut`` letters into the first word to the last, with its closing quote."""
        start, end = original_span(
            self.sentence, self.back, self.places[first][0] + cut, self.places[last][1]
        )
        opened = self.sentence.count("«", start, end) - self.sentence.count("»", start, end)
        return start, end + (opened > 0 and self.sentence.startswith("»", end))
