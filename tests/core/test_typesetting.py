"""The typesetter: any text can be set, none is run, and nothing is left behind in the process that asked."""

import json
import os
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.typesetting import pdf_of, printable
from core.typesetting_child import FOLDER, typeset


def shown(texts):
    """A PDF with each of these texts; the typesetter refuses to write a character that no font has."""
    nodes = [{"kind": "text", "text": f"{text} ", "children": []} for text in texts]
    return typeset(
        "guide", json.dumps(printable({"title": "Texts", "team": "", "ways": [], "anchors": [], "nodes": nodes}))
    )


def test_every_character_that_counts_as_printable_can_be_printed():
    chars = [chr(code) for code in range(0x20, 0x3000) if unicodedata.category(chr(code)) != "Cn"]
    printed = [char for char in chars if printable(f"a{char}") != "a□"]

    assert len(printed) > 1500
    assert shown(f"a{char}" if unicodedata.combining(char) else char for char in printed).startswith(b"%PDF")


@given(text=st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn"]), min_size=10, max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_stops_the_typesetter(text):
    assert shown([text]).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["Nguyễn", "Ọlá Adé\u0300yẹmí", "O\u0323\u0301la", "Ǝlçin", "Łukasz ʻOkina", "Þórr"])
def test_names_are_printed_letter_for_letter(name):
    assert printable(name) == name


def test_no_template_evaluates_reads_or_fetches_anything():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.typ"))
    code = re.sub(r"^\s*//.*$", "", sources, flags=re.M)

    assert re.findall(r"\b(?:eval|read|import|include|plugin|yaml|csv|toml|xml|cbor|image)\b", code) == []
    assert set(re.findall(r"json\(.*?\)\)", code)) == {"json(bytes(sys.inputs.data))"}


def test_a_template_that_fails_is_an_error_and_no_broken_file():
    with pytest.raises(subprocess.CalledProcessError):
        pdf_of("nothing", {})


def many_pages():
    """Data of 150 statements."""
    statement = dict.fromkeys(
        ["session", "centre", "name", "plain_name", "status", "status_meaning", "deadline", "printed"], "Words"
    ) | {"facts": [], "papers": [], "courses": ["A course"], "checks": ["A check"], "has_unprintable": False}
    statements = [statement | {"number": f"S{number:05}"} for number in range(150)]
    return {"title": "Many", "team": "Words", "unprintable": "□", "statements": statements}


def set_in_this_process(template, data):
    return typeset(template, json.dumps(data))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is measured on Linux")
@pytest.mark.parametrize(("write", "leaves_memory_behind"), [(pdf_of, False), (set_in_this_process, True)])
def test_setting_many_pages_leaves_no_memory_behind_and_in_this_process_it_would(write, leaves_memory_behind):
    def megabytes():
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20

    write("statement", many_pages())
    before = megabytes()

    for time in range(4):
        write("statement", many_pages() | {"title": f"Many again, {time}", "team": f"Other words, {time}"})

    assert (megabytes() - before > 40) == leaves_memory_behind  # measured: 0, and 90 or more
