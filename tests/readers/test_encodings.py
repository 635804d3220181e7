from __future__ import annotations

import codecs
import csv
import io
import unicodedata

import pytest

from tallymark.errors import SourceError
from tallymark.model.grid import ReaderOptions
from tallymark.readers import delimited
from tallymark.readers.delimited import encoding


def detected(content: bytes) -> str:
    return delimited.read(content, "t.csv", ReaderOptions()).detected["encoding"]


def rows(content: bytes, encoding: str | None = None) -> list[list[object]]:
    found = delimited.read(content, "t.csv", ReaderOptions(encoding=encoding))
    return [list(row) for row in found.sheets[0].rows]


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8-sig"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-32", b"", "utf-32"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"", "utf-32-le"),
    ],
)
def test_a_unicode_encoding_is_found_and_reported(
    encoding: str, mark: bytes, found: str
) -> None:
    content = mark + "país;año\nPerú;2018\n".encode(encoding)
    assert detected(content) == found
    assert rows(content) == [["país", "año"], ["Perú", "2018"]]


AMHARIC = "ክልል,የወንጀል ዓይነት,2010 ዓ.ም\nአዲስ አበባ,አስገድዶ መድፈር,128\nአማራ,የሕፃናት ጥቃት,45\n"
KHMER = "ខេត្ត,ប្រភេទបទល្មើស,ចំនួន\nភ្នំពេញ,រំលោភសេពសន្ថវៈ,១២៨\nសៀមរាប,ការជួញដូរកុមារ,៤៥\n"
THAI = "จังหวัด,ประเภทคดี,ปี 2561\nกรุงเทพมหานคร,ข่มขืนกระทำชำเรา,128\nเชียงใหม่,อนาจารเด็ก,45\n"
VIETNAMESE = "Tỉnh,Tội danh,Số vụ 2018\nHà Nội,Hiếp dâm người dưới 16 tuổi,45\nĐà Nẵng,Dâm ô,12\n"
PORTUGUESE = (
    "Província,Crime,Número de casos\nMaputo,Violação de menores,45\n"
    "Sofala,Abuso sexual de crianças,12\n"
)
MALAY = "Negeri,Jenis jenayah,Jumlah kes\nJohor,Kesalahan seksual kanak-kanak,45\n"
INDONESIAN = "Provinsi,Jenis kejahatan,Jumlah\nJawa Barat,Kekerasan seksual anak,45\n"
SWAHILI = "Mkoa,Kosa,Idadi\nDar es Salaam,Kubaka,45\nMwanza,Ulawiti wa watoto,12\n"
FILIPINO = (
    "Lalawigan,Krimen,Bilang\nParañaque,Panggagahasa,45\nLas Piñas,Pang-aabuso,12\n"
)
AFRIKAANS = (
    "Provinsie,Misdaad,Getal sake\nOos-Kaap,Verkragting – kinders,45\nNoordwes,Môre,1\n"
)
KOREAN = "지역,범죄유형,발생건수\n서울,강간,128\n부산,아동 성착취물 제작·배포,45\n합계,,173\n"
ARABIC = "المحافظة,الجريمة,عدد القضايا\nالقاهرة,اغتصاب,128\nالجيزة,هتك عرض طفل,45\n"
RUSSIAN = "Регион,Преступление,Число\nМосква,Изнасилование,128\nТатарстан,Развратные действия,45\n"
JAPANESE = "都道府県,罪種,認知件数\n東京都,強制性交等,128\n大阪府,児童ポルノ事犯,45\n"
CHINESE = "省份,罪名,案件数\n北京,强奸罪,128\n广东,猥亵儿童罪,45\n"
TAIWANESE = "縣市別,罪名,件數\n臺北市,妨害性自主罪,128\n高雄市,兒童及少年性剝削,45\n"


def encoded(text: str, encoding: str) -> bytes:
    """Encode as programs do: in cp1258 the tone follows its letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = b""
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        rest = "".join(part for part in parts if part not in tones)
        out += unicodedata.normalize("NFC", rest).encode(encoding)
        out += "".join(part for part in parts if part in tones).encode(encoding)
    return out


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (AMHARIC, "utf-8", "utf-8"),
        (AMHARIC, "utf-16", "utf-16"),
        (AMHARIC, "utf-16-le", "utf-16-le"),
        (KHMER, "utf-8", "utf-8"),
        (KHMER, "utf-16-be", "utf-16-be"),
        (THAI, "utf-8", "utf-8"),
        (THAI, "tis-620", "cp874 (guessed; declare reader.encoding)"),
        (VIETNAMESE, "utf-8", "utf-8"),
        (VIETNAMESE, "cp1258", "cp1258 (guessed; declare reader.encoding)"),
        (PORTUGUESE, "latin-1", "cp1252 (guessed; cp1258, cp1250"),
        (MALAY, "latin-1", "utf-8"),
        (INDONESIAN, "cp1252", "utf-8"),
        (SWAHILI, "cp1252", "utf-8"),
        (FILIPINO, "cp1252", "cp1252 (guessed; "),
        (AFRIKAANS, "cp1252", "cp1252 (guessed; "),
        (KOREAN, "cp949", "cp949 (guessed; declare reader.encoding)"),
        (KOREAN, "euc-kr", "cp949 (guessed; "),
        (ARABIC, "cp1256", "cp1256 (guessed; "),
        (RUSSIAN, "cp1251", "cp1251 (guessed; "),
        (JAPANESE, "shift_jis", "cp932 (guessed; "),
        (CHINESE, "gb2312", "gb18030 (guessed; "),
        (TAIWANESE, "big5", "big5 (guessed; "),
    ],
)
def test_texts_of_many_languages_are_read_and_a_guess_is_told(
    text: str, encoding: str, told: str
) -> None:
    content = encoded(text, encoding)
    assert rows(content) == list(csv.reader(io.StringIO(text)))
    assert detected(content).startswith(told)


def test_a_mark_of_byte_order_is_no_text_even_where_an_encoding_is_declared() -> None:
    content = codecs.BOM_UTF8 + b"a,b\n"
    assert rows(content, encoding="utf-8") == [["a", "b"]]
    content = codecs.BOM_UTF16_LE + "a,b\n".encode("utf-16-le")
    assert rows(content, encoding="utf-16-le") == [["a", "b"]]


def test_a_text_that_is_nearly_utf8_is_not_taken_for_something_else() -> None:
    content = (THAI * 3).encode() + b"\xe0\xb8,5\n"
    place = len(content) - 5
    with pytest.raises(SourceError, match=f"The bytes from {place} on are no utf-8"):
        rows(content)


@pytest.mark.parametrize("piece", [1, 2, 3, 4, 100])
def test_the_place_of_a_fault_is_the_files(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(encoding, "_PIECE", piece)
    with pytest.raises(SourceError, match="The bytes from 9 on are no utf-8"):
        rows("é,ቡ\nx,".encode() + b"\xe1\x88\n", "utf-8")
