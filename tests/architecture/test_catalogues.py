"""Indonesian is the language of the messages in the code; English has every one of them, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
COMPLETE = ["en"]
EXTRACT = "pybabel -q extract -F babel.cfg -k _l -k _n:1,2 --no-location -o"


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every message of code and templates, collected as `make translations` does."""
    pot = tmp_path_factory.mktemp("words") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        CommandLineInterface().run([*EXTRACT.split(), str(pot), "."])
    return read(pot)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def catalogue(language: str) -> Catalog:
    return read(ROOT / "translations" / language / "LC_MESSAGES" / "messages.po")


def ids(messages: Catalog) -> set[str]:
    return {str(message.id) for message in messages if message.id}


@pytest.mark.parametrize("language", COMPLETE)
def test_the_catalogue_has_the_words_of_the_code_and_no_others(words: Catalog, language: str) -> None:
    kept = catalogue(language)
    assert sorted(ids(words) - ids(kept)) == [], "missing: run `make translations`"
    assert sorted(ids(kept) - ids(words)) == [], "no longer used: run `make translations`"


@pytest.mark.parametrize("language", COMPLETE)
def test_every_message_is_translated(language: str) -> None:
    kept = catalogue(language)
    assert [message.id for message in kept if message.id and not all(forms(message.string))] == []
    assert [message.id for message in kept if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_placeholders_are_the_same_on_both_sides(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.id and not same_placeholders(message)] == []


def same_placeholders(message: Message) -> bool:
    wanted = set().union(*map(placeholders, forms(message.id)))
    return all(placeholders(form) <= wanted for form in forms(message.string)) and wanted == set().union(
        *map(placeholders, forms(message.string))
    )


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%(?![%(\s])", text.replace("%%", "")))


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
