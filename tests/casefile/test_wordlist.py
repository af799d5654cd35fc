"""The receipt words: counted, clean, far enough apart to survive a slip of the pen, and kind to read."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from string import ascii_lowercase

import pytest

LINES = files("casefile").joinpath("wordlist_id.txt").read_text(encoding="utf-8").split("\n")
WORDS = LINES[:-1]

SEXUAL = """
    seks seksi seksual bugil telanjang porno mesum cabul birahi bergairah nafsu syahwat perawan perjaka
    pelacur lonte perek jablay sundal vagina penis kelamin payudara puting pantat bokong orgasme onani
    sperma kontol memek ngentot jembut tetek toket coli bokep kondom sange cupang cium cumbu kencan
    telanjur ranjang
"""
BODY = """
    dada perut paha betis pinggul pinggang selangkangan rahim ketiak bibir lidah mulut mata kulit rambut
    tangan kaki kepala leher telinga hidung jari lutut darah tulang kencing berak tinja muntah ludah
"""
VIOLENT = """
    bunuh mati mayat jenazah kubur makam luka tusuk tikam bacok pukul tampar hantam tembak peluru pistol
    senapan senjata pisau parang golok pedang bom perang serang siksa sandera culik paksa perkosa aniaya
    ancam jerat cekik gantung bakar ledak racun tebas cambuk pelatuk
"""
FRIGHT = """
    takut ngeri seram hantu setan iblis kuntilanak pocong monster maut sekarat bahaya bencana gempa
    tsunami banjir longsor jurang ular buaya harimau awas darurat panik trauma sedih sendu ratapan
    tangis
"""
BELIEF = """
    allah tuhan nabi rasul surga neraka dosa haram halal iman doa ibadah salat puasa zakat haji umrah
    masjid gereja kuil wihara kitab alkitab quran islam kristen katolik hindu buddha yahudi kafir ustaz
    kiai pendeta pastur biksu
"""
GROUPS = """
    jawa sunda batak dayak papua madura melayu tionghoa cina arab bugis betawi minang ambon pribumi suku
    ras negro waria banci bencong lesbian homo
"""
INSULTS = """
    bodoh tolol goblok dungu idiot bego jelek buruk hina anjing babi monyet asu bangsat bajingan
    brengsek sialan kampret murahan gampangan gendut gemuk kurus cacat gila miskin malas lamban
"""
HEALTH = """
    sakit kanker tumor demam batuk diare virus wabah operasi suntik obat resep dokter klinik hamil
    aborsi janin stroke kusta sifilis alergi infeksi
"""
FAMILY_AND_POWER = """
    ayah bapak ibu mama papa suami istri janda duda mantan pacar anak adik kakak paman bibi tante mertua
    ipar bayi remaja gadis bocah nikah cerai talak polisi tentara hakim jaksa penjara hukum pidana
    korban bukti bos
"""
HABITS = """
    alkohol arak bir mabuk ganja heroin narkoba rokok cerutu judi togel kasino poker dadu undian lotre
    candu
"""
PICTURES = """
    kamera video foto potret rekaman memotret unggah unduh viral sebar sensor intip intai lensa spion
    drone
"""

BLOCKED = frozenset(
    " ".join(
        (
            SEXUAL,
            BODY,
            VIOLENT,
            FRIGHT,
            BELIEF,
            GROUPS,
            INSULTS,
            HEALTH,
            FAMILY_AND_POWER,
            HABITS,
            PICTURES,
        )
    ).split()
)


def one_slip_away(word: str) -> set[str]:
    """Every string one missing, extra, wrong or swapped letter away from ``word``."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missing = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    wrong = {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
    extra = {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    return (missing | swapped | wrong | extra) - {word}


def test_there_are_exactly_2048_words_one_a_line_with_a_newline_at_the_end() -> None:
    assert len(WORDS) == 2048
    assert LINES[-1] == ""


def test_the_words_are_sorted_and_none_comes_twice() -> None:
    assert sorted(set(WORDS)) == WORDS


def test_every_word_has_four_to_eight_plain_letters() -> None:
    assert [word for word in WORDS if not 4 <= len(word) <= 8 or set(word) - set(ascii_lowercase)] == []


def test_no_single_slip_of_the_pen_turns_one_word_into_another() -> None:
    known = set(WORDS)
    assert {word: near for word in WORDS if (near := one_slip_away(word) & known)} == {}


def test_the_first_five_letters_name_a_word() -> None:
    assert len({word[:5] for word in WORDS}) == len(WORDS)


def test_no_word_is_the_beginning_of_another() -> None:
    assert [pair for pair in pairwise(WORDS) if pair[1].startswith(pair[0])] == []


def test_no_word_is_one_that_a_frightened_person_should_not_be_shown() -> None:
    assert sorted(BLOCKED & set(WORDS)) == []


@pytest.mark.parametrize("stem", ["kontol", "memek", "ngentot", "perkosa", "bunuh", "bugil", "porno"])
def test_no_word_holds_a_word_that_hurts(stem: str) -> None:
    assert [word for word in WORDS if stem in word] == []
