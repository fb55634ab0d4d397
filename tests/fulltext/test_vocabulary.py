from hypothesis import given
from hypothesis import strategies as st

from newscli.fulltext.vocabulary import Vocabulary

WORDS = st.lists(st.text("abc", min_size=1, max_size=5), max_size=12)


@given(st.lists(WORDS, max_size=3), st.text("abc", min_size=1, max_size=3))
def test_pieces_find_their_words(chunks: list[list[str]], piece: str) -> None:
    vocabulary = Vocabulary(["\n".join(chunk) for chunk in chunks if chunk])
    words = {word for chunk in chunks for word in chunk}
    assert set(vocabulary) == words
    assert sorted(vocabulary.containing(piece)) == sorted(word for word in words if piece in word)
    assert sorted(vocabulary.ending(piece)) == sorted(word for word in words if word.endswith(piece))
    assert sorted(vocabulary.beginning(piece)) == sorted(word for word in words if word.startswith(piece))
