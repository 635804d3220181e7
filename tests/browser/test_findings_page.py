"""findings.html in Chromium: accessible, by keyboard alone, and without the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tallymark.model.report import Report
from tallymark.present import render
from tallymark.present.findings import html as findings_html

pytestmark = pytest.mark.slow

WIDTHS = (1200, 390)
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const seen = getComputedStyle(at);
  return [at.tagName, at.id || at.textContent.trim().slice(0, 40), seen.outlineStyle];
}"""
STOPS = "a[href], summary, input, select, button, [tabindex='0']"
OPEN_ALL = "dispatchEvent(new Event('beforeprint'))"
PICTURES = "[...document.querySelectorAll('.picture')].map((p) => p.outerHTML)"


def entries_shown(page) -> int:
    return page.locator(".entry:visible").count()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(written, opened, width, scheme) -> None:
    page = opened(
        written, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page.evaluate(OPEN_ALL)
    assert page.locator(".entry[data-pictures]").count() == 0
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_axe_finds_nothing_without_findings(report, tmp_path, opened) -> None:
    path = tmp_path / "clean.html"
    path.write_bytes(render("findings", "html", report.about("none", {"a.xlsx"}))[""])
    assert Axe().run(opened(path)).violations_count == 0


@pytest.mark.parametrize("width", [1400, *WIDTHS])
def test_no_page_is_wider_than_its_window(written, opened, width) -> None:
    page = opened(written, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_everything_and_shows_where_it_is(written, opened) -> None:
    page = opened(written, viewport={"width": 390, "height": 900})
    page.wait_for_timeout(200)  # pictures that need no scrolling leave the order
    n_stops = page.locator(f":is({STOPS}):visible").count()
    seen = []
    for _ in range(n_stops + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        seen.append(at)
    assert len(seen) == n_stops
    assert all(outline != "none" for _, _, outline in seen)
    assert seen[0][1] == "Skip to the findings"
    assert {tag for tag, _, _ in seen} >= {"A", "SUMMARY", "INPUT", "SELECT", "BUTTON"}


def test_more_is_opened_by_keyboard_and_its_cells_are_drawn(written, opened) -> None:
    page = opened(written)
    n = entries_shown(page)
    page.locator(".more > summary").focus()
    page.keyboard.press("Enter")
    assert entries_shown(page) == n + 25
    entry = page.locator(".entry", has_text="Cell C39")
    entry.scroll_into_view_if_needed()
    entry.locator(".picture td.mark", has_text="35").wait_for()


def test_findings_are_chosen_by_keyboard_and_their_number_is_told(
    written, opened
) -> None:
    page = opened(written)
    told = page.locator("[role=status]")
    assert told.text_content() == "All 41 findings are shown."
    page.locator("[name=severity]").first.focus()
    page.keyboard.press("Space")
    assert told.text_content() == "6 of 41 findings are shown."
    page.locator("#check").select_option("cube")
    assert told.text_content() == "1 of 41 findings is shown."
    page.locator("#all").press("Enter")
    assert told.text_content() == "All 41 findings are shown."
    page.locator("#place").select_option("1.1")
    assert told.text_content() == "38 of 41 findings are shown."


def test_words_choose_folded_findings_too(written, opened) -> None:
    page = opened(written)
    page.locator("#words").type("LARGE c39")
    expect(page.locator("#count")).to_have_text("1 of 41 findings is shown.")
    assert entries_shown(page) == 1
    assert page.locator(".more .n").text_content() == "1"
    page.locator("#words").fill("nowhere")
    expect(page.locator("#count")).to_have_text("None of 41 findings fits.")
    page.locator("#all").click()
    assert page.locator(".more .n").text_content() == "25"


def test_without_scripts_every_finding_is_there_and_no_choice_is(
    written, opened
) -> None:
    page = opened(written, java_script_enabled=False)
    assert page.locator(".filters").is_hidden()
    assert page.locator(".entry").count() == 41
    assert "of 41" not in page.locator("body").inner_text()


def test_the_script_draws_what_python_draws(
    report, tmp_path, opened, monkeypatch
) -> None:
    drawn = []
    for most in (300, 0):
        monkeypatch.setattr(findings_html, "MOST_DRAWN", most)
        monkeypatch.setattr(findings_html, "MOST_OPEN", 99)
        path = tmp_path / f"{most}.html"
        path.write_bytes(render("findings", "html", report)[""])
        page = opened(path)
        page.evaluate(OPEN_ALL)
        assert page.locator(".picture").count() == 40
        page.wait_for_timeout(200)  # pictures that need no scrolling leave the order
        drawn.append(page.evaluate(PICTURES))
    assert drawn[0] == drawn[1]


def test_what_a_file_says_is_text_even_to_the_script(
    report, tmp_path, opened, monkeypatch
) -> None:
    monkeypatch.setattr(findings_html, "MOST_DRAWN", 0)
    path = tmp_path / "hostile.html"
    path.write_bytes(render("findings", "html", report)[""])
    page = opened(path)
    entry = page.locator("[data-check=hostile]")
    entry.scroll_into_view_if_needed()
    assert "<b onclick" in entry.locator("td.mark").text_content()
    assert page.locator("img, b").count() == 0


def test_the_security_policy_lets_no_other_script_run(written, browser) -> None:
    page = browser.new_page()
    page.goto(written.as_uri())
    blocked = page.evaluate("""() => new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (e) => resolve(e.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
    })""")
    assert blocked == "script-src-elem"
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_print_shows_what_is_folded(
    written: Path, opened, report: Report, scripts
) -> None:
    page = opened(written, java_script_enabled=scripts)
    page.emulate_media(media="print")
    if scripts:
        page.evaluate(OPEN_ALL)
    last = page.locator(".entry", has_text="Cell C39")
    assert last.bounding_box()["height"] > 0
    assert page.locator(".filters").is_hidden()
    assert (last.locator(".picture").count() == 1) is scripts
    assert len(page.pdf()) > 10_000


def test_a_marked_cell_comes_into_view_where_the_window_is_narrow(
    written, opened
) -> None:
    page = opened(written, viewport={"width": 300, "height": 900})
    page.wait_for_timeout(200)  # sizes are told after the first layout
    marked = page.locator("[data-check=apart] .mark").first
    frame = page.locator("[data-check=apart] .picture").bounding_box()
    cell = marked.bounding_box()
    assert frame["x"] <= cell["x"]
    assert cell["x"] + cell["width"] <= frame["x"] + frame["width"] + 1
