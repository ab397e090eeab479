"""Synthetic twins of personal values: the same value always has the same twin within one copy, and never itself.

Twins are drawn with a secret that is thrown away with the process, so nobody can compute them again from the
originals. No twin of a number is a number of the originals, and no word of a twin's name is a word of theirs.
"""

import hmac
import re
from collections.abc import Callable
from hashlib import sha256

from payung.rules.identity import names, nik

_SYLLABLES = [consonant + vowel for consonant in "bdgjklmnprstw" for vowel in "aeiou"]
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PHONE_PREFIX = "08000"
"""Given to nobody."""
_REGION_DIGITS = 6
_SHOWN_WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 3
_SHORTEST_NUMBER = 8


class Twins:
    """The twins of one copy. `numbers` and `words` are what stands in the originals and must not appear again."""

    def __init__(self, secret: bytes, *, numbers: set[str], words: set[str]) -> None:
        self._secret = secret
        self._numbers, self._words = numbers, words
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def number(self, text: str, kind: str) -> str:
        """A number of that kind (nik, kk, kpj, phone); length, region and sex stay."""
        known = self._given.get((kind, text))
        if known is None:
            known = self._given[kind, text] = self._new_number(text, kind)
        return known

    def _new_number(self, text: str, kind: str) -> str:
        if len(text) < _SHORTEST_NUMBER:
            return self.free_text(text)
        begun = _BEGINNINGS[kind](self, text) if kind in _BEGINNINGS else ""
        size = 10 ** (len(text) - len(begun))
        drawn = self._draw(kind, text) % size
        for step in range(size):
            twin = begun + str((drawn + step) % size).zfill(len(text) - len(begun))
            # A serial of four zeros cannot exist: where the original had none, the twin has none.
            sound = not twin.endswith("0000") or text.endswith("0000")
            if sound and twin not in self._numbers and twin not in self._taken:
                self._taken.add(twin)
                return twin
        raise OverflowError(f"no {kind} is left that begins like this one")

    def _nik_beginning(self, text: str) -> str:
        if nik.problem_of(text) is not None:
            return text[:_REGION_DIGITS]
        of = nik.parse(text)
        month, day = self._birthday(of.birth_two_digit_year, of.birth_month, of.birth_day)
        day += nik.WOMAN_DAY_OFFSET if of.sex == "P" else 0
        return f"{text[:6]}{day:02d}{month:02d}{text[10:12]}"

    def _kk_beginning(self, text: str) -> str:
        return text[:_REGION_DIGITS]

    def _phone_beginning(self, text: str) -> str:
        return _PHONE_PREFIX

    def birth_date(self, text: str) -> str:
        """Another day of the same year, in ISO form; the one that the twin of the NIK says."""
        year, month, day = (int(part) for part in text.split("-"))
        month, day = self._birthday(year % 100, month, day)
        return f"{year:04d}-{month:02d}-{day:02d}"

    def _birthday(self, two_digit_year: int, month: int, day: int) -> tuple[int, int]:
        for attempt in range(100):
            drawn = self._draw("birthday", f"{two_digit_year}-{month}-{day}", str(attempt))
            new_month = drawn % 12 + 1
            new_day = drawn // 12 % _DAYS[new_month - 1] + 1
            if (new_month, new_day) != (month, day):
                break
        return new_month, new_day

    def name(self, text: str) -> str:
        """A name that nobody bears, of as many words; written in capitals when the original is."""
        key = names.key(text) or text.strip().upper()
        words = min(max(len(key.split()), 1), MOST_WORDS)
        twin = " ".join(self._word(key, str(number)) for number in range(words))
        return twin.upper() if text.isupper() else twin

    def _word(self, key: str, place: str) -> str:
        attempt = 0
        while True:
            drawn = self._draw("name", key, place, str(attempt))
            count = 2 + drawn % 2 + attempt // 50
            word = "".join(_SYLLABLES[drawn // 7 // 65**at % 65] for at in range(count))
            if word.upper() not in self._words:
                return word.capitalize()
            attempt += 1

    def free_text(self, text: str) -> str:
        """The same form with other letters and digits: what was read in a faulty cell."""
        attempt = 0
        while True:
            drawn = self._stream(text, attempt)
            twin = "".join(_other(character, drawn[at % len(drawn)]) for at, character in enumerate(text))
            told = {word.upper() for word in _SHOWN_WORD.findall(twin) if len(word) > 3}  # shorter ones tell nobody
            runs = set(re.findall(r"\d{6,}", twin))
            if not (told & self._words or runs & self._numbers):
                return twin
            attempt += 1

    def opaque(self, text: str) -> str:
        """A fingerprint of the same length in place of a fingerprint."""
        return hmac.new(self._secret, b"opaque" + text.encode(), sha256).hexdigest()[: len(text)]

    def choose(self, text: str, among: tuple[str, ...], kind: str) -> str:
        """One of a few, always the same for the same text."""
        return among[self._draw(kind, text.strip().upper()) % len(among)]

    def _stream(self, text: str, attempt: int) -> bytes:
        return b"".join(
            hmac.new(self._secret, f"text|{attempt}|{block}|{text}".encode(), sha256).digest()
            for block in range(len(text) // 32 + 1)
        )

    def _draw(self, *parts: str) -> int:
        return int.from_bytes(hmac.new(self._secret, "|".join(parts).encode(), sha256).digest()[:16], "big")


def _other(character: str, drawn: int) -> str:
    if character.isdigit():
        return str((int(character) + 1 + drawn % 9) % 10) if character.isascii() else "0"
    if character.isalpha():
        base = "A" if character.isupper() else "a"
        return chr(ord(base) + drawn % 26)
    return character


_BEGINNINGS: dict[str, Callable[[Twins, str], str]] = {
    "nik": Twins._nik_beginning,
    "kk": Twins._kk_beginning,
    "phone": Twins._phone_beginning,
}
