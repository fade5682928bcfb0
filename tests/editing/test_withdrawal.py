"""Taking back a portrait's release changes one date of its file, however the file is written."""

from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.editing.withdrawal import withdraw
from generator.staff import Trouble

DAY = date(2026, 11, 23)
BLOCK = """title: Léa Martin # son vrai nom
consent: # signé en mairie
  reference: "A-1"
  until: 2028-01-01   # deux ans
  date: 2026-01-01
  channels: [site, flux]
story: |
  consent:
    until: 2028-01-01
"""
LISTED = """# Les portraits
- id: tom
  consent: {reference: A-2, until: 2028-01-01, date: 2026-01-01, channels: [site]}
- id: lea
  consent:
      until: '2028-01-01'
      reference: A-1
"""


def campaign(root: Path, name: str, text: str) -> Path:
    file = root / "data" / name
    file.parent.mkdir(parents=True)
    (root / "content").mkdir()
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize(
    ("name", "text", "old", "new"),
    [
        ("portraits/lea.yml", BLOCK, "# deux ans\n", "# deux ans\n  withdrawn: 2026-11-23\n"),
        (
            "portraits/lea.yml",
            BLOCK.replace("\n", "\r\n"),
            "# deux ans\r\n",
            "# deux ans\r\n  withdrawn: 2026-11-23\r\n",
        ),
        ("portraits/lea.yml", "\ufeff" + BLOCK, "# deux ans\n", "# deux ans\n  withdrawn: 2026-11-23\n"),
        ("portraits/lea.yml", "consent:\n  until: 2028-01-01", "-01-01", "-01-01\n  withdrawn: 2026-11-23"),
        ("portraits.yml", LISTED, "'2028-01-01'\n", "'2028-01-01'\n      withdrawn: 2026-11-23\n"),
        (
            "portraits.yml",
            LISTED.replace("tom", "eva").replace("lea", "tom").replace("eva", "lea"),
            "{reference: A-2, until: 2028-01-01,",
            "{reference: A-2, until: 2028-01-01, withdrawn: 2026-11-23,",
        ),
        (
            "portraits/lea.yml",
            "consent: {\n  until: 2028-01-01, # fin\n  date: 2026-01-01,\n}\n",
            "2028-01-01,",
            "2028-01-01, withdrawn: 2026-11-23,",
        ),
        (
            "portraits/lea.yml",
            BLOCK.replace("  date:", "  withdrawn: 2027-06-01 # prévu\n  date:"),
            "2027-06-01 #",
            "2026-11-23 #",
        ),
        ("portraits/lea.yml", '{"consent": {"until": "2028-01-01"}}', '01-01"', '01-01", withdrawn: 2026-11-23'),
    ],
)
def test_one_date_is_written_and_all_else_stays(tmp_path: Path, name: str, text: str, old: str, new: str) -> None:
    file = campaign(tmp_path, name, text)
    file.chmod(0o640)
    path, line = withdraw(tmp_path, "lea", DAY)
    assert path == f"data/{name}"
    assert file.read_bytes().decode() == text.replace(old, new, 1)
    assert "2026-11-23" in file.read_bytes().decode().split("\n")[line - 1]
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: Léa\n", "pas d'autorisation"),
        ("title: [\n", "Corrigez d'abord"),
        (BLOCK.replace("  date:", "  withdrawn: 2026-11-01\n  date:"), "déjà retirée"),
        (BLOCK.replace("2028-01-01   #", "!!str 2028-01-01 #"), "Corrigez d'abord"),
        ("consent:\n  until: >-\n    2028-01-01\n", "Ajoutez-y vous-même"),
        ("consent:\n  until: 2028-01-01\n  withdrawn:\n", "Ajoutez-y vous-même"),
    ],
)
def test_a_file_that_can_not_be_changed_safely_is_left_as_it_is(tmp_path: Path, text: str, said: str) -> None:
    file = campaign(tmp_path, "portraits/lea.yml", text)
    with pytest.raises(Trouble, match=said):
        withdraw(tmp_path, "lea", DAY)
    assert file.read_text("utf-8") == text


def test_the_command_says_what_is_done_and_what_is_left_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign(tmp_path, "portraits/lea.yml", BLOCK)
    (tmp_path / "content/press").mkdir()
    (tmp_path / "content/press/annonce.md").write_text("---\ntitle: A\n---\n\nMerci à Léa Martin.\n")
    command = ["portraits", "withdraw", "lea", "--root", str(tmp_path), "--date", "2026-11-23"]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "data/portraits/lea.yml, ligne 5" in said
    assert "content/press/annonce.md:5" in said
    assert main(command) == 1
    assert "déjà retirée" in capsys.readouterr().err
    assert main([*command[:2], "leo", *command[3:]]) == 1
    assert "Il n'y a pas de portrait « leo »" in capsys.readouterr().err
