import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscli.charsets import Decoded, declared, decode, decode_declared, encode
from newscli.errors import ConfigError

POST = '---\nlayout: post\ntitle: "{}"\ndate: 2022-06-07 07:17:20 +0800\n---\n\n<p>Some plain words.</p>\n'


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "苏州：驶上科技招商“快车道”"),
        ("gb18030", "重庆银行"),
        ("gb18030", "苏州：驶上"),
        ("gb18030", "他说好"),
        ("big5", "蘇州：駛上科技招商快車道"),
        ("cp932", "日本語のテキストです。"),
        ("euc_jp", "日本語のテキストです。"),
        ("cp949", "한국어 텍스트입니다."),
        ("koi8-r", "Проверка русской кодировки в файле"),
        ("cp1251", "Проверка русской кодировки в файле"),
        ("cp1252", "Frédéric"),
        ("cp1252", "Jürgen und die Männer"),
        ("cp1252", "“quoted” – it’s fine, £5"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", POST])
def test_what_is_not_utf8_is_guessed(encoding: str, text: str, frame: str) -> None:
    whole = frame.format(text)
    assert decode(whole.encode(encoding)) == Decoded(whole, encoding, certain=False)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_decides_and_stays_in_the_text(mark: bytes, encoding: str) -> None:
    data = mark + "苏州 😀".encode(encoding)
    assert decode(data) == Decoded("\ufeff苏州 😀", encoding, certain=True)
    assert decode_declared(data, http="text/html; charset=gbk").encoding == encoding
    assert declared(data, http="text/html; charset=gbk") == encoding


def test_a_mark_that_lies_does_not_decide() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + b"odd")
    assert not decoded.certain
    assert encode(decoded.text, decoded.encoding) == codecs.BOM_UTF16_LE + b"odd"


@pytest.mark.parametrize("text", ["", "plain", "苏州", "a\r\nb", "\x00", "é 😀"])
def test_utf8_is_certain(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", certain=True)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"people post on\xc2 media", "people post on\udcc2 media"),
        ("苏州工业园区".encode() + b"\xff", "苏州工业园区\udcff"),
        ("it’s “new”, ‘old’".encode() + b" \xc2 x", "it’s “new”, ‘old’ \udcc2 x"),
    ],
)
def test_damaged_utf8_keeps_its_sound_part(data: bytes, text: str) -> None:
    assert decode(data) == Decoded(text, "utf-8", certain=False)
    assert encode(text, "utf-8") == data


def test_bytes_without_sense_are_escaped() -> None:
    data = b"\x81 \x8d \x8f"  # no characters of cp1252
    assert decode(data) == Decoded("\udc81 \udc8d \udc8f", "utf-8", certain=False)


def test_an_edit_that_the_encoding_cannot_hold_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        encode("苏州", "cp1252")


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=30).flatmap(
            lambda text: st.sampled_from(
                [
                    text.encode(name, "ignore")
                    for name in ("gb18030", "cp1252", "koi8-r", "big5", "utf-16", "utf-32", "cp932")
                ]
            )
        ),
    )
)
@example(codecs.BOM_UTF16_LE + b"\x00\xd8")
@example(codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff")
@example(codecs.BOM_UTF8 + b"\xff")
@example(b"\x87\x90\x81\xe0")  # signs that cp932 has twice
def test_the_very_bytes_come_back(data: bytes) -> None:
    for decoded in (decode(data), decode_declared(data, encoding="gbk"), decode_declared(data, http="charset=sjis")):
        assert encode(decoded.text, decoded.encoding) == data


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", None),
        ("<html><body>", None),
        ('<meta charset="gb2312">', "gb18030"),
        ("<meta charset=GBK>", "gb18030"),
        ("<META http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>", "cp932"),
        ('<meta name="x" content="y"><meta charset="euc-kr">', "cp949"),
        ('<?xml version="1.0" encoding="latin1"?>', "cp1252"),
        ("\n<?xml version='1.0' encoding='koi8-r' ?>", "koi8-r"),
        ('<?xml version="1.0" encoding="US-ASCII"?>', "cp1252"),
        ('<?xml version="1.0"?><rss>', None),
        ('<meta charset="big5">', "big5hkscs"),
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta charset="iso-8859-2">', "iso8859-2"),
        ('<meta charset="utf8">', "utf-8"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="utf-16be">', "utf-8"),
        ('<meta charset="no-such-thing">', None),
        ('<meta charset="unicode_escape">', None),
        ('<meta charset="idna">', None),
        ('<meta charset="rot13">', None),
        (" " * 1024 + '<meta charset="gbk">', None),
    ],
)
def test_what_a_page_declares(head: str, expected: str | None) -> None:
    assert declared(head.encode()) == expected


def test_the_header_comes_before_the_page() -> None:
    page = b'<meta charset="big5">'
    assert declared(page, http="text/html; charset=GBK") == "gb18030"
    assert declared(page, http='text/html; Charset="utf-8"') == "utf-8"
    assert declared(page, http="text/html; charset=utf-16") == "utf-16-le"
    assert declared(page, http="text/html; charset=nonsense") == "big5hkscs"
    assert declared(page, http="text/html") == "big5hkscs"


def test_a_declaration_is_followed() -> None:
    page = '<meta charset="gb2312"><p>新华日报</p>'
    assert decode_declared(page.encode("gbk")) == Decoded(page, "gb18030", certain=True)
    assert decode_declared("Ж".encode("koi8-r"), http="charset=koi8-r") == Decoded("Ж", "koi8-r", certain=True)


def test_nothing_declared_is_decoded_as_usual() -> None:
    assert decode_declared("苏州".encode()) == Decoded("苏州", "utf-8", certain=True)


def test_a_declaration_that_does_not_fit_is_passed_over() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><to>Jürgen</to>'
    assert decode_declared(page.encode("cp1252")) == Decoded(page, "cp1252", certain=False)


@pytest.mark.parametrize("declaration", ["gbk", "latin1"])
def test_what_plainly_is_utf8_is_not_taken_for_an_older_encoding(declaration: str) -> None:
    page = f'<meta charset="{declaration}"><p>新华日报</p>'
    assert decode_declared(page.encode()) == Decoded(page, "utf-8", certain=True)


def test_two_characters_that_happen_to_be_utf8_are_not_plainly_utf8() -> None:
    data = "学习".encode("gbk")
    assert data.decode() == "ѧϰ"
    assert decode_declared(data, http="charset=gbk").text == "学习"


def test_a_single_accent_is_plainly_utf8() -> None:
    assert decode_declared("Café".encode(), http="charset=iso-8859-1").text == "Café"


def test_the_gaps_of_cp1252_are_read_as_browsers_do() -> None:
    decoded = decode_declared(b"caf\xe9 \x81", http="charset=iso-8859-1")
    assert decoded == Decoded("café \x81", "iso8859-1", certain=True)


def test_a_given_encoding_overrules_the_declared_one_and_utf8() -> None:
    page = b'<meta charset="big5">' + "苏州".encode("gbk")
    assert decode_declared(page, encoding="gbk").text.endswith("苏州")
    assert decode_declared("苏州".encode(), encoding="cp1252").text != "苏州"


def test_a_given_encoding_that_does_not_fit_is_not_certain() -> None:
    assert decode_declared("苏州：驶上".encode("gbk"), encoding="utf-8").encoding == "gb18030"


@pytest.mark.parametrize(("label", "hint"), [("gb18130", "Did you mean gb18030?"), ("qq", "'qq'. Write a name")])
def test_an_unknown_encoding_given_is_a_config_error(label: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        decode_declared(b"", encoding=label)
    assert hint in str(caught.value)


PARAGRAPH = {
    "gb18030": "6月的苏州，处处涌动着创新的活力。“我们在芯片方面投入三亿元”，公司董事长说。",
    "big5": "六月的蘇州，處處湧動著創新的活力。「我們在晶片方面投入三億元」，公司董事長說。",
    "cp932": "六月の蘇州は、どこも新しい活力にあふれている。「半導体に三億元を投じる」と会長は語った。",
    "cp949": "유월의 쑤저우는 어디나 혁신의 활력이 넘친다. 회장은 반도체에 삼억 위안을 투자한다고 말했다.",
    "koi8-r": "В июне Сучжоу полон жизни: председатель компании рассказал о новых вложениях.",
    "cp1251": "В июне Сучжоу полон жизни: председатель компании рассказал о новых вложениях.",
    "cp1252": "En juin, Suzhou est animée : « trois cents millions d’euros », a déclaré le président de la société.",
}


@pytest.mark.parametrize("encoding", PARAGRAPH)
def test_a_paragraph_among_much_ascii_is_recognised(encoding: str) -> None:
    page = "<div class='a'>\n" * 200 + f"<p>{PARAGRAPH[encoding]}</p>\n" + "</div>\n" * 200
    assert decode(page.encode(encoding)) == Decoded(page, encoding, certain=False)


@pytest.mark.parametrize("encoding", PARAGRAPH)
def test_a_declared_paragraph_is_certain(encoding: str) -> None:
    page = f'<?xml version="1.0" encoding="{encoding}"?><p>{PARAGRAPH[encoding]}</p>'
    decoded = decode_declared(page.encode(encoding))
    assert (decoded.text, decoded.certain) == (page, True)


@pytest.mark.parametrize("encoding", PARAGRAPH)
def test_a_recoded_page_with_its_old_declaration_is_utf8(encoding: str) -> None:
    page = f'<meta charset="{encoding}"><p>{PARAGRAPH[encoding]}</p>'
    assert decode_declared(page.encode()) == Decoded(page, "utf-8", certain=True)


def test_an_edited_text_is_written_in_its_old_encoding() -> None:
    decoded = decode(POST.format("苏州：驶上科技招商“快车道”").encode("gbk"))
    edited = decoded.text.replace("苏州", "重庆")
    assert encode(edited, decoded.encoding) == POST.format("重庆：驶上科技招商“快车道”").encode("gbk")
