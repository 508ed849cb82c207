"""The HTML report used: narrowed by family and level, walked by keyboard, read on a phone and on paper, with nothing asked of a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="needs the development tools: make test installs them")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select  # noqa: E402

from govmedia_screen import Post, Profile, Screener  # noqa: E402
from govmedia_screen.documents import Document  # noqa: E402
from govmedia_screen.render.html import render  # noqa: E402
from govmedia_screen.report.shown import shown  # noqa: E402

ID = "610881199003071231"
POSTS = (
    Post("工作己经完成，截止目前无事。\n" + "今日天气晴。\n" * 60 + f"证号{ID}，电话13812345678。", title="甲稿：己经办结"),
    Post("阅后请勿外传。", title="乙稿"),
    Post("今日天气晴。", title="丙稿"),
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("needs chromium and chromedriver: make test installs them where it may")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    folder = tmp_path_factory.mktemp("browser")
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", f"--user-data-dir={folder}", "--window-size=1280,900", "--host-resolver-rules=MAP * ~NOTFOUND",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield made
    made.quit()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    """The report of three posts, opened from disk."""
    screener = Screener(Profile(families={"commercial": False, "opinion": False}))
    results = [(Document(f"{number}.md", post), shown(screener.screen(post))) for number, post in enumerate(POSTS)]
    (tmp_path / "报告.html").write_text(render(results), "utf-8")
    browser.set_window_size(1280, 900)
    browser.get((tmp_path / "报告.html").as_uri())
    return browser


def rows(page: Any, selector: str = ".finding") -> list[str]:
    """The elements that are to be seen, by what they say."""
    return [one.text for one in page.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]


def test_findings_stand_beside_the_text_under_a_summary_by_family(page: Any) -> None:
    mark = page.find_element(By.XPATH, "//div[@class='post']//a[text()='己经']")
    row = page.find_elements(By.CSS_SELECTOR, ".finding")[0]
    assert row.rect["x"] > mark.rect["x"] + mark.rect["width"]
    summary = {one.split()[0]: one.split()[1:] for one in rows(page, ".summary tbody tr")}

    assert set(summary) == {"表述规范", "个人信息", "保密"}
    assert summary["表述规范"] == ["3", "3"]
    assert ID not in page.page_source
    assert "610881＊＊＊＊＊＊＊＊1231" in page.page_source


def test_list_and_text_are_narrowed_by_level_and_family(page: Any) -> None:
    everything = len(rows(page))
    Select(page.find_element(By.ID, "level")).select_by_value("block")
    assert len(rows(page)) == 1
    assert [one.text for one in page.find_elements(By.CSS_SELECTOR, ".post a[data-f]:not(.faint)")] == ["610881＊＊＊＊＊＊＊＊1231"]
    assert page.find_element(By.ID, "count").text == f"1 / {everything} 处"
    assert len(rows(page, "section.report")) == 1
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    assert len(rows(page)) == everything
    page.find_element(By.XPATH, "//button[text()='保密']").click()

    assert len(rows(page)) == 1
    assert "请勿外传" in rows(page)[0]


def test_the_keyboard_walks_through_text_and_list(page: Any) -> None:
    body = page.find_element(By.TAG_NAME, "body")
    for _ in range(5):
        body.send_keys("j")
    page.execute_script("return new Promise((done) => setTimeout(done, 200))")
    current = page.find_element(By.CSS_SELECTOR, ".finding.current")
    mark = page.find_element(By.CSS_SELECTOR, ".post a.current")
    assert current.get_attribute("aria-current") == "true"
    assert mark.text in current.text
    assert 0 <= page.execute_script("return arguments[0].getBoundingClientRect().top", mark) <= 900
    before = current.get_attribute("id")
    body.send_keys("k")

    assert page.find_element(By.CSS_SELECTOR, ".finding.current").get_attribute("id") != before
    mark = page.find_element(By.XPATH, "//div[@class='post']//a[text()='己经']")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", mark)
    mark.click()
    assert "己经" in page.find_element(By.CSS_SELECTOR, ".finding.current").text


@pytest.mark.parametrize("width", [375, 1280])
def test_it_fits_and_asks_nobody(page: Any, width: int) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    )
    inside = page.execute_script("return document.documentElement.scrollWidth")
    asked = page.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    unnamed = page.execute_script("return [...document.querySelectorAll('select')].filter((one) => !one.labels.length).length")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert inside <= width
    assert asked == []
    assert unnamed == 0
    assert [line for line in page.get_log("browser") if line["level"] == "SEVERE"] == []


def test_on_paper_all_is_there_and_nothing_to_press(page: Any) -> None:
    everything = len(rows(page))
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert len(rows(page)) == everything
        assert not page.find_element(By.ID, "controls").is_displayed()
        assert page.execute_script("return getComputedStyle(document.querySelector('.beside')).overflowY") == "visible"
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_scripts_text_and_list_are_there(page: Any) -> None:
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.refresh()
        assert len(rows(page)) == len(page.find_elements(By.CSS_SELECTOR, ".finding"))
        assert not page.find_element(By.ID, "controls").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
