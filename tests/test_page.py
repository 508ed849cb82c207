"""The pages in a real browser, with no network but this machine: every button, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="needs the development tools: make test installs them")
pytest.importorskip("starlette", reason="needs govmedia_screen[server]")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402
from test_server import ID, Service  # noqa: E402

TEXT = f"张三身份证号{ID}，请联系。\n工作己经完成。"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("needs chromium and chromedriver: make test installs them where it may")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    folder = tmp_path_factory.mktemp("browser")
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={folder / 'profile'}", "--window-size=1280,900",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    made = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    made.downloads = folder
    yield made
    made.quit()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    running = Service(folder, "--reviews", str(folder / "reviews.sqlite"))
    yield running
    running.stop()


@pytest.fixture
def page(browser: Any, service: Service) -> Any:
    """The first page, fresh, at desktop width."""
    browser.set_window_size(1280, 900)
    browser.get(f"http://127.0.0.1:{service.port}/")
    browser.get_log("browser")
    return browser


def waits(browser: Any, done: Callable[[Any], Any]) -> Any:
    """Wait until something is so."""
    return WebDriverWait(browser, 30).until(done)


def write(browser: Any, text: str, name: str = "body") -> None:
    """Put text into a field as a person does."""
    field = browser.find_element(By.ID, name)
    field.clear()
    field.send_keys(text)


def findings(browser: Any) -> list[Any]:
    """The rows of the list."""
    return list(browser.find_elements(By.CSS_SELECTOR, "#findings > li"))


def listed(browser: Any, rows: str = "#findings > li") -> list[str]:
    """What the rows say, read in one go: the list may be drawn anew at any moment."""
    return list(browser.execute_script("return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)", rows))


def told(browser: Any) -> str:
    """What the page says."""
    return str(browser.find_element(By.ID, "message").text)


def value(browser: Any, name: str = "body") -> str:
    """What stands in a field."""
    return str(browser.find_element(By.ID, name).get_attribute("value"))


def test_findings_appear_as_one_writes_and_are_marked_in_the_text(page: Any) -> None:
    write(page, TEXT)
    waits(page, lambda _: len(findings(page)) >= 2)

    marks = page.execute_script("return [...document.querySelectorAll('.backdrop mark')].map((one) => one.textContent)")
    assert ID in marks
    assert "己经" in marks
    assert page.find_element(By.CSS_SELECTOR, "#decision .tag").text == "拦截"
    assert "领导终审" in page.find_element(By.ID, "tier").text


def test_personal_data_is_masked_in_the_list_until_it_is_asked_for(page: Any) -> None:
    write(page, TEXT)
    waits(page, lambda _: len(findings(page)) >= 2)
    assert ID not in "".join(listed(page))
    page.find_element(By.ID, "personal").click()

    waits(page, lambda _: ID in "".join(listed(page)))


def test_a_suggestion_is_applied_alone_or_all_at_once(page: Any) -> None:
    write(page, "工作己经完成，任务己经落实。")
    waits(page, lambda _: len(findings(page)) == 2)
    findings(page)[0].find_element(By.XPATH, ".//button[contains(., '改为')]").click()
    waits(page, lambda _: len(findings(page)) == 1)
    assert value(page) == "工作已经完成，任务己经落实。"
    page.find_element(By.ID, "fix-all").click()

    waits(page, lambda _: not findings(page))
    assert value(page) == "工作已经完成，任务已经落实。"
    assert "采用" in told(page)


def test_the_keyboard_is_enough(page: Any) -> None:
    write(page, "工作己经完成，任务己经落实。")
    waits(page, lambda _: len(findings(page)) == 2)
    body = page.find_element(By.ID, "body")
    body.send_keys(Keys.ALT + Keys.ARROW_DOWN)
    body.send_keys(Keys.ALT + Keys.ARROW_DOWN)
    selected = page.execute_script("const b = document.getElementById('body'); return b.value.slice(b.selectionStart, b.selectionEnd)")
    assert selected == "己经"
    body.send_keys(Keys.ALT + Keys.ENTER)

    waits(page, lambda _: value(page) == "工作己经完成，任务已经落实。")
    assert page.execute_script("return document.querySelector('main').querySelectorAll('[tabindex=\"-1\"]').length") == 0


def test_filters_by_level_and_family(page: Any) -> None:
    write(page, TEXT)
    waits(page, lambda _: len(findings(page)) >= 2)
    Select(page.find_element(By.ID, "level")).select_by_value("block")
    assert all("拦截" in row for row in listed(page))
    Select(page.find_element(By.ID, "level")).select_by_value("")
    Select(page.find_element(By.ID, "family")).select_by_value("wording")

    assert len(findings(page)) == 1


def test_kinds_bring_their_fields(page: Any) -> None:
    Select(page.find_element(By.ID, "kind")).select_by_value("reply")
    assert page.find_element(By.ID, "question").is_displayed()
    Select(page.find_element(By.ID, "kind")).select_by_value("repost")

    assert page.find_element(By.ID, "source").is_displayed()
    assert not page.find_element(By.ID, "question").is_displayed()


def test_files_become_a_table_to_sort_filter_open_and_export(page: Any, tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("# 标题甲\n\n工作己经完成。", "utf-8")
    (tmp_path / "乙.md").write_text("# 标题乙\n\n今日天气晴。", "utf-8")
    (tmp_path / "丙.docx").write_bytes(b"PK broken")
    page.find_element(By.ID, "files").send_keys("\n".join(str(tmp_path / name) for name in ("甲.md", "乙.md", "丙.docx")))
    rows = lambda: page.find_elements(By.CSS_SELECTOR, "#rows tr")  # noqa: E731
    waits(page, lambda _: len(rows()) == 3)
    assert "读不了" in "".join(listed(page, "#rows tr"))
    page.find_element(By.CSS_SELECTOR, "[data-sort=count]").click()
    page.find_element(By.CSS_SELECTOR, "[data-sort=count]").click()
    assert "甲.md" in listed(page, "#rows tr")[0]
    assert page.find_element(By.CSS_SELECTOR, "th[aria-sort=descending]").text == "发现"
    Select(page.find_element(By.ID, "batch-level")).select_by_value("pass")
    assert ["乙.md" in row for row in listed(page, "#rows tr")] == [True]
    page.find_element(By.ID, "export").click()
    waits(page, lambda _: (page.downloads / "审查结果.xlsx").exists())
    assert [one.text for one in page.find_elements(By.CSS_SELECTOR, "#rows [data-copy]")] == ["去标识化", "审核表"]
    rows()[0].find_element(By.TAG_NAME, "button").click()
    assert value(page, "title") == "标题乙"
    page.find_element(By.ID, "clear").click()

    assert not page.find_element(By.ID, "batch").is_displayed()


def test_copies_of_a_file_are_taken_away(page: Any, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")
    file = docx.Document()
    file.add_paragraph(f"张三身份证号{ID}。工作己经完成。")
    file.save(tmp_path / "名单.docx")
    page.find_element(By.ID, "files").send_keys(str(tmp_path / "名单.docx"))
    waits(page, lambda _: page.find_elements(By.CSS_SELECTOR, "#rows [data-copy]"))
    for what, name in (("annotated", "批注"), ("redacted", "去标识化"), ("sheet", "审核表")):
        page.find_element(By.CSS_SELECTOR, f"[data-copy={what}]").click()
        waits(page, lambda _, name=name: (page.downloads / f"名单-{name}.docx").exists())
    annotated, redacted, sheet = (docx.Document(str(page.downloads / f"名单-{name}.docx")) for name in ("批注", "去标识化", "审核表"))
    page.find_element(By.ID, "clear").click()

    assert any("错别字" in one.text for one in annotated.comments)
    assert annotated.paragraphs[0].text == file.paragraphs[0].text
    assert redacted.paragraphs[0].text == "张三身份证号610881＊＊＊＊＊＊＊＊1231。工作己经完成。"
    assert sheet.paragraphs[0].text == "信息发布审核表"
    assert ID not in "".join(cell.text for table in sheet.tables for row in table.rows for cell in row.cells)


def test_the_form_of_what_is_written_is_taken_away(page: Any) -> None:
    docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")
    write(page, "停水通知", "title")
    write(page, "工作己经完成。")
    waits(page, lambda _: len(findings(page)) == 1)
    page.find_element(By.ID, "sheet").click()
    waits(page, lambda _: (page.downloads / "审核表.docx").exists())
    file = docx.Document(str(page.downloads / "审核表.docx"))

    assert "停水通知" in [cell.text for cell in file.tables[0].rows[0].cells]


def test_a_post_is_submitted_reviewed_and_signed(page: Any, service: Service) -> None:
    write(page, "停水通知", "title")
    write(page, "城东片区明日停水。")
    waits(page, lambda _: page.find_element(By.ID, "submit").is_displayed())
    page.find_element(By.ID, "submit").click()
    prompt = page.switch_to.alert
    prompt.send_keys("张某")
    prompt.accept()
    waits(page, lambda _: "已送审" in told(page))
    page.get(f"http://127.0.0.1:{service.port}/queue")
    waits(page, lambda _: page.find_elements(By.XPATH, "//button[text()='停水通知']"))
    page.find_element(By.XPATH, "//button[text()='停水通知']").click()
    page.find_element(By.ID, "approve").click()
    assert "请填写签发人" in told(page)
    write(page, "王某", "person")
    page.find_element(By.ID, "approve").click()

    waits(page, lambda _: "已审定" in told(page))
    page.find_element(By.ID, "again").click()
    waits(page, lambda _: not page.find_elements(By.XPATH, "//button[text()='停水通知']"))


def test_rules_are_searched_and_a_sentence_tried(page: Any, service: Service) -> None:
    page.get(f"http://127.0.0.1:{service.port}/rules")
    rows = lambda: page.find_elements(By.CSS_SELECTOR, "#rows tr")  # noqa: E731
    waits(page, lambda _: len(rows()) > 300)
    write(page, "公民身份号码", "search")
    waits(page, lambda _: 0 < len(rows()) < 30)
    write(page, "工作己经完成", "try")

    assert waits(page, lambda _: "己经" in page.find_element(By.ID, "tried").text)


@pytest.mark.parametrize("path", ["/", "/queue", "/rules"])
@pytest.mark.parametrize("width", [375, 1280])
def test_pages_fit_and_ask_nobody_else(page: Any, service: Service, path: str, width: int) -> None:
    """Nothing is wider than a phone, nothing comes from elsewhere, the console says nothing."""
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    )
    page.get(f"http://127.0.0.1:{service.port}{path}")
    waits(page, lambda _: page.execute_script("return document.readyState") == "complete")
    inside = page.execute_script("return document.documentElement.scrollWidth")
    asked = page.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    unnamed = page.execute_script(
        "return [...document.querySelectorAll('input, select, textarea')].filter((one) => !one.labels.length).map((one) => one.id)"
    )
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert inside <= width
    assert all(name.startswith((f"http://127.0.0.1:{service.port}/", "data:")) for name in asked)
    assert unnamed == []
    assert [line for line in page.get_log("browser") if line["level"] == "SEVERE"] == []
