"""Texts to relay on the social networks: copied at a click, and there to be copied by hand without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
RELEASE = "/presse/decembre-des-voisins-2026/"


def test_a_click_copies_the_whole_text(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}{RELEASE}", 360, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Relayer sur les réseaux sociaux").click()
    first = page.locator(".post").first
    first.get_by_role("button").click()
    expect(first.get_by_role("button")).to_contain_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == first.get_by_role("textbox").input_value()
    assert copied.endswith(f"https://solidaire.aubrenay.example{RELEASE}")


def test_without_a_clipboard_the_text_is_selected(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}{RELEASE}")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_text("Relayer sur les réseaux sociaux").click()
    first = page.locator(".post").first
    first.get_by_role("button").click()
    expect(first.get_by_role("button")).to_contain_text("Ctrl+C")
    text = first.get_by_role("textbox")
    assert text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == text.input_value()


def test_without_scripts_texts_can_be_read_and_no_button_promises_more(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}{RELEASE}", java_script_enabled=False)
    page.get_by_text("Relayer sur les réseaux sociaux").click()
    expect(page.get_by_role("textbox", name="Mastodon")).to_be_visible()
    expect(page.locator(".post button").first).to_be_hidden()
