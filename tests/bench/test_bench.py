"""The benchmark measures what it says: right figures, right turns, failures named. Nothing here asserts a time."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench import runner
from tests.bench.cases import (
    CASES,
    PEERS,
    Case,
    change,
    configure_remark,
    extract_yaml,
    forget,
    index,
    make_hugo_site,
    make_zk_notebook,
    validated,
)
from tests.bench.measure import Cost, FailedError, measure, middle
from tests.bench.runner import Results, choose, is_there, main, run_rounds, table
from tests.bench.workshop import ROOT, Workshop

PASS = Case("pass", "python -c pass")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def filled(workshop: Workshop) -> Workshop:
    workshop.fill(150)
    return workshop


@pytest.fixture
def cost(tmp_path: Path) -> Callable[..., Cost]:
    def run(code: str, accept: tuple[int, ...] = (0,)) -> Cost:
        return measure([sys.executable, "-c", code], folder=tmp_path, environment=os.environ, accept=accept)

    return run


# Measuring


def test_time_is_that_of_the_command(cost: Callable[..., Cost]) -> None:
    measured = cost("sum(range(10**6))")
    assert measured.cpu > 0
    assert measured.wall > 0


def test_memory_is_that_of_the_command_however_big_the_measuring_process_is(cost: Callable[..., Cost]) -> None:
    ballast = bytearray(os.urandom(1) * (150 << 20))
    assert cost("pass").peak < len(ballast) / 2
    assert cost("block = b'x' * (60 << 20)").peak > 60 << 20


def test_output_goes_to_a_file(cost: Callable[..., Cost], tmp_path: Path) -> None:
    cost("import sys; print('to stdout'); print('to stderr', file=sys.stderr)")
    assert (tmp_path / "stdout").read_text(encoding="utf-8") == "to stdout\n"
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == "to stderr\n"


def test_a_failure_is_told_with_its_last_line(cost: Callable[..., Cost]) -> None:
    with pytest.raises(FailedError, match=r"^exit 5: and this$"):
        cost("import sys; print('this\\nand this', file=sys.stderr); sys.exit(5)")


def test_a_silent_failure_too(cost: Callable[..., Cost]) -> None:
    with pytest.raises(FailedError, match=r"^exit 1: $"):
        cost("raise SystemExit(1)")


def test_a_status_can_be_accepted(cost: Callable[..., Cost]) -> None:
    assert cost("raise SystemExit(3)", accept=(0, 3)).wall > 0


def test_a_command_that_does_not_exist_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="No such file"):
        measure(["no-such-program"], folder=tmp_path, environment=os.environ)


def test_medians_are_taken_figure_by_figure() -> None:
    assert middle([Cost(1, 30, 200), Cost(2, 10, 300), Cost(9, 20, 100)]) == Cost(2, 20, 200)


# The workshop


def test_commands_are_those_of_this_tree(workshop: Workshop) -> None:
    assert workshop.words("python -c pass") == [sys.executable, "-c", "pass"]
    program, flag, script, *rest = workshop.words("newscli list -C {at.archive} --tag {at.tag}")
    assert (program, flag) == (sys.executable, "-c")
    assert "newscli.__main__" in script
    assert rest == ["list", "-C", str(workshop.archive), "--tag", workshop.tag]
    assert workshop.environment["PYTHONPATH"] == str(ROOT)


def test_the_users_own_settings_are_out_of_the_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSCLI_STORE", "/elsewhere")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    environment = Workshop(tmp_path).environment
    assert "NEWSCLI_STORE" not in environment
    assert environment["XDG_CACHE_HOME"] == str(tmp_path / "cache")
    assert environment["PATH"] == os.environ["PATH"]


def test_the_archive_is_generated(filled: Workshop) -> None:
    assert len(filled.posts) == 150
    assert (filled.archive / "manifest.tsv").is_file()
    assert any(filled.tag.encode() in path.read_bytes() for path in filled.posts)


def test_one_post_in_a_hundred_changes_and_others_the_next_time(filled: Workshop) -> None:
    before = {path: path.read_bytes() for path in filled.posts}
    filled.change()
    first = {path for path in filled.posts if path.read_bytes() != before[path]}
    filled.change()
    both = {path for path in filled.posts if path.read_bytes() != before[path]}
    assert first == {filled.posts[0], filled.posts[100]}
    assert both - first == {filled.posts[1], filled.posts[101]}


def test_what_newscli_keeps_is_forgotten(workshop: Workshop) -> None:
    (workshop.cache / "newscli").mkdir(parents=True)
    forget(workshop)
    forget(workshop)
    assert not workshop.cache.exists()


def test_the_clean_folder_links_what_is_not_broken(filled: Workshop) -> None:
    manifest = (filled.archive / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    links = sorted((filled.clean / "_posts").iterdir())
    assert len(links) == 150 - len(manifest) < 150
    originals = {path.name: path for path in filled.posts}
    assert all(link.samefile(originals[link.name]) for link in links)
    assert (filled.clean / "_config.yml").is_file()


def test_the_hugo_site_has_the_clean_posts_as_content(filled: Workshop) -> None:
    make_hugo_site(filled)
    settings = (filled.folder / "hugo" / "hugo.toml").read_text(encoding="utf-8")
    assert f'contentDir = "{filled.clean}/_posts"' in settings


def test_validators_that_do_not_read_posts_get_the_front_matter_alone(filled: Workshop) -> None:
    extract_yaml(filled)
    post = next(path for path in filled.posts if path.read_bytes().startswith(b"---\nlayout"))
    extract = (filled.folder / "yaml" / f"{post.stem}.yaml").read_text(encoding="utf-8")
    assert extract.startswith("layout")
    assert post.read_text(encoding="utf-8").startswith(f"---\n{extract}---\n")
    assert len(list((filled.folder / "yaml").iterdir())) == len(filled.posts)
    assert json.loads((filled.folder / "schema.json").read_text(encoding="utf-8"))["type"] == "object"


@pytest.mark.parametrize("installed", [True, False])
def test_remark_takes_its_plugins_from_where_it_is_installed(
    installed: bool, workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "lib" / "node_modules" / "remark-cli" / "cli.js"
    monkeypatch.setattr(shutil, "which", lambda _: str(program) if installed else None)
    configure_remark(workshop)
    assert (workshop.folder / "node_modules").is_symlink() == installed
    plugins = json.loads((workshop.folder / ".remarkrc.json").read_text(encoding="utf-8"))["plugins"]
    (schema,) = plugins[1][1]["schemas"]
    assert "$schema" not in json.loads((workshop.folder / schema).read_text(encoding="utf-8"))


def test_a_step_that_is_not_measured_runs_in_the_workshop(workshop: Workshop) -> None:
    workshop.call("python -c \"open('made', 'w').close()\"")
    assert (workshop.folder / "made").exists()


def test_the_steps_before_a_case_call_what_they_say(filled: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(filled, "call", calls.append)
    monkeypatch.setattr(filled, "change", lambda: calls.append("change"))
    index(filled)
    change(filled)
    make_zk_notebook(filled)
    assert [re.sub(r" .*", "", call) for call in calls] == ["newscli", "newscli", "change", "zk", "zk"]
    validated(filled)
    assert [call.split()[1] for call in calls[5:]] == ["list", "validate"]


# The loops of the peers


@pytest.mark.parametrize("engine", ["html2text", "frontmatter", "newscli"])
def test_a_loop_converts_every_post_it_can_read(filled: Workshop, engine: str) -> None:
    case = next(case for case in [*CASES, *PEERS.values()] if f"loop.py {engine} " in case.command)
    subprocess.run(filled.words(case.command), check=True, env=filled.environment)
    converted = {path.name: path.read_text(encoding="utf-8") for path in (filled.folder / "converted").iterdir()}
    assert len(converted) >= 140
    assert all(text.startswith("---") for name, text in converted.items() if (filled.clean / "_posts" / name).exists())
    assert not any("<p>" in text for text in converted.values())


# The tables of cases


def test_every_case_names_peers_that_exist() -> None:
    assert {peer for case in CASES for peer in case.peers} == PEERS.keys()
    names = [case.name for case in [*CASES, *PEERS.values()]]
    assert len(set(names)) == len(names)


def test_every_command_line_can_be_filled_in(filled: Workshop) -> None:
    for case in [*CASES, *PEERS.values()]:
        words = filled.words(case.command)
        assert len(words) >= 2
        assert not any("{" in word for word in words)


# Rounds and ratios


def test_cases_take_turns(workshop: Workshop) -> None:
    turns: list[str] = []

    def note(turn: str) -> Callable[[Workshop], None]:
        return lambda _: turns.append(turn)

    cases = [Case(name, "python -c pass", prepare=note(name), set_up=note(f"set up {name}")) for name in ("a", "b")]
    results = run_rounds(cases, workshop, 2)
    assert turns == ["set up a", "set up b", "a", "b", "a", "b"]
    assert all(isinstance(result, Cost) for result in results.values())


def test_a_failed_case_is_not_run_again_and_stops_no_other(workshop: Workshop) -> None:
    turns: list[str] = []
    bad = Case("bad", "python -c 'raise SystemExit(7)'", prepare=lambda _: turns.append("bad"))
    results = run_rounds([bad, PASS], workshop, 3)
    assert turns == ["bad"]
    assert results["bad"] == "exit 7: "
    assert isinstance(results["pass"], Cost)


def test_the_table_shows_medians_and_ratios() -> None:
    peers = [Case("python", ""), Case("rg", "")]
    cases = [Case("list", "", ("python", "rg")), Case("newscli --version", "", ("python",))]
    results = {
        "python": Cost(0.010, 0.012, 9e6),
        "rg": Cost(0.200, 0.100, 12.5e6),
        "list": Cost(0.080, 0.090, 30e6),
        "newscli --version": Cost(0.012, 0.015, 10e6),
    }
    assert table(cases, peers, results).splitlines() == [
        "                   CPU ms  wall ms  peak MB    x python       x rg",
        "list                 80.0     90.0     30.0     8 / 7.5  0.4 / 0.9",
        "newscli --version    12.0     15.0     10.0  1.2 / 1.25          -",
        "python               10.0     12.0      9.0           -          -",
        "rg                  200.0    100.0     12.5           -          -",
    ]


def test_the_table_names_failures() -> None:
    peers = [Case("python", ""), Case("rg", "")]
    results: Results = {
        "python": "exit 1: no",
        "rg": Cost(0, 0, 1e6),
        "list": Cost(0.1, 0.1, 30e6),
        "other": "exit 2: oops",
    }
    lines = table([Case("list", "", ("python", "rg")), Case("other", "", ("rg",))], peers, results).splitlines()
    assert lines[1].split() == ["list", "100.0", "100.0", "30.0", "-", "-"]
    assert lines[2].split() == ["other", "-", "-", "-", "-", "-"]
    assert lines[-2:] == ["other failed: exit 2: oops", "python failed: exit 1: no"]


def test_only_what_is_asked_for_and_there_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in {"rg", "jekyll"} else None)
    cases, peers, missing = choose(CASES, only="list", slow=False)
    assert [case.name for case in cases] == ["list", "list --no-sync"]
    assert [peer.name for peer in peers] == ["python", "rg"]
    assert missing == ["hugo", "zk"]
    assert [peer.name for peer in choose(CASES, only="list", slow=True)[1]] == ["python", "rg", "jekyll"]
    assert [peer.name for peer in choose(CASES, only="version", slow=True)[1]] == ["python"]


def test_a_peer_with_a_probe_is_there_when_that_succeeds() -> None:
    assert is_there(Case("json", "", probe="python -c 'import json'"))
    assert not is_there(Case("none", "", probe="python -c 'import no_such_module'"))
    assert not is_there(Case("none", "", probe="no-such-program --version"))


def test_slow_cases_are_measured_when_asked_for() -> None:
    cases = [PASS, Case("long", "python -c pass", slow=True)]
    assert choose(cases, only="", slow=False)[0] == [PASS]
    assert choose(cases, only="", slow=True)[0] == cases


# The command


def test_one_command_generates_measures_and_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "CASES", [Case("nothing", "python -c pass", ("python",))])
    assert main(["--posts", "50", "--rounds", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"50 posts, 0\.\d MB, 1 rounds; medians; ratios are CPU / wall", lines[0])
    assert lines[1].startswith("Python 3.")
    assert lines[3].split() == ["CPU", "ms", "wall", "ms", "peak", "MB", "x", "python"]
    assert re.fullmatch(r"nothing +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ / [\d.]+", lines[4])
    assert re.fullmatch(r"python +[\d.]+ +[\d.]+ +[\d.]+ +-", lines[5])
    assert len(lines) == 6


def test_a_failure_is_an_exit_status(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(runner, "CASES", [Case("bad", "python -c 'raise SystemExit(7)'", ("python",))])
    assert main(["--posts", "50", "--rounds", "1"]) == 1
    assert capsys.readouterr().out.endswith("bad failed: exit 7: \n")


def test_peers_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(runner, "CASES", [Case("nothing", "python -c pass", ("zk",))])
    monkeypatch.setattr(shutil, "which", lambda _: None)
    main(["--posts", "50", "--rounds", "1"])
    assert "\nnot installed: zk\n" in capsys.readouterr().out


def test_a_case_that_does_not_exist_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--only", "no such case"])
    assert stopped.value.code == 2
    assert "newscli --version, list" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["-m", "tests.bench"], ["tests/bench"]])
def test_it_starts_as_a_module_and_as_a_folder(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "--posts" in done.stdout
