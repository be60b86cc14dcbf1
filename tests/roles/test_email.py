"""E-mail addresses."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from customerkit.roles import _extras, role
from customerkit.roles import email as email_module

EMAIL = role("email")
SHARED = Path(__file__).resolve().parents[3] / "shared/data"
DATA = Path(os.environ.get("CUSTOMERKIT_DATA", SHARED)) / "values/email/isemail_tests.xml"


@pytest.fixture(params=["with email-validator", "without"])
def validator(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "without":
        monkeypatch.setattr(_extras, "optional", lambda name: None)
    elif _extras.optional("email_validator") is None:
        pytest.skip("email-validator is not installed")
    return str(request.param)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("jane@example.com", "jane@example.com"),
        (" Jane@Example.COM ", "jane@example.com"),
        ("Jane Smith <Jane@example.com>", "jane@example.com"),
        ('"Smith, Jane" <jane@example.com>', "jane@example.com"),
        ("<jane@example.com>", "jane@example.com"),
        ("mailto:jane@example.com?subject=Hi", "jane@example.com"),
        ("MAILTO:<jane@example.com>", "jane@example.com"),
        ("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "jane@example.com"),
        ("jane@xn--mnchen-3ya.de", "jane@münchen.de"),
        ("jane@MÜNCHEN.de", "jane@münchen.de"),
        ("jane@mu\u0308nchen.de", "jane@münchen.de"),
        ("o'brien+x@example.co.uk", "o'brien+x@example.co.uk"),
        ('"Jane  S"@Example.com', '"Jane  S"@example.com'),
        ("张伟@例子.中国", "张伟@例子.中国"),
        ("jane@[192.0.2.1]", "jane@[192.0.2.1]"),
        ("\ufeffjane@example.com\u200b", "jane@example.com"),
    ],
)
def test_valid(text: str, form: str, validator: str) -> None:
    standard = EMAIL.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (form, True, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("jane", "email.no_at"),
        ("jane@", "email.no_domain"),
        ("@example.com", "email.no_local_part"),
        ("jane@joe@example.com", "email.several_at"),
        ("a@example.com;b@example.com", "email.several_at"),
        ("jane@example..com", "email.domain"),
        ("jane@-example.com", "email.domain"),
        ("jane@example.com.", "email.domain"),
        (".jane@example.com", "email.dots"),
        ("jane..s@example.com", "email.dots"),
        ("jane smith@example.com", "email.blank"),
        ("jane@exam ple.com", "email.blank"),
        ("jane(x)@example.com", "email.characters"),
        ("jane@192.0.2.1", "email.numeric_domain"),
        ('"jane@example.com', "email.characters"),
        ("a" * 65 + "@example.com", "email.local_too_long"),
        ("jane@" + "a" * 64 + ".com", "email.domain"),
        ("jane@" + "a.b" * 100 + ".com", "email.domain_too_long"),
        ("jane@exam_ple.com", "email.domain"),
    ],
)
def test_invalid(text: str, code: str, validator: str) -> None:
    standard = EMAIL.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, False, code)
    assert EMAIL.key(text) is None


def test_a_domain_without_dot_is_left_open(validator: str) -> None:
    standard = EMAIL.standardise("jane@example")
    assert (standard.valid, standard.code) == (None, "email.no_dot")


@pytest.mark.parametrize(
    "text",
    ["test@test.com", "a@a.com", "none@none.com", "noemail@example.com", "no-reply@shop.example"]
    + ["noreply@gmail.com", "xxx@gmail.com", "test@example.com", "user@example.com", "aaaa@x.com"]
    + ["no.email@x.com", "unknown@unknown.com", "email@email.com", "test+1@gmail.com", "x@x.de"]
    + ["name@example.org", "N/A", "", "jane", "111@qq.com", "your.name@example.com"],
)
def test_placeholders_have_no_key(text: str, validator: str) -> None:
    assert EMAIL.key(EMAIL.standardise(text).value or "") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("jane@example.com", "jane@example.com"),
        ("j.a.ne+shop@gmail.com", "jane@gmail.com"),
        ("jane@googlemail.com", "jane@gmail.com"),
        ("jane+shop@example.com", "jane+shop@example.com"),
        ("j.ane@example.com", "j.ane@example.com"),
        ("info@x.com", "info@x.com"),
        ("jane@jane.com", "jane@jane.com"),
    ],
)
def test_key(text: str, key: str, validator: str) -> None:
    assert EMAIL.key(text) == key


def _cases() -> list[tuple[str, str, str]]:
    if not DATA.exists():
        return []
    found = []
    for test in ElementTree.parse(DATA).getroot().iter("test"):
        text = test.findtext("address") or ""
        text = "".join(chr(ord(c) - 0x2400) if 0x2400 <= ord(c) < 0x2420 else c for c in text)
        found.append((test.get("id") or "", text, test.findtext("category") or ""))
    return found


def test_agreement_with_isemail(validator: str) -> None:
    """Differ from isemail only where blanks at the ends are cut on purpose."""
    cases = _cases()
    if not cases:
        pytest.skip(f"THE DATA OF ISEMAIL IS NOT THERE: {DATA}")
    valid = [case for case in cases if case[2].startswith("ISEMAIL_VALID")]
    wrong = [case for case in cases if case[2] == "ISEMAIL_ERR" and case[1].strip() == case[1]]
    assert len(valid) == 14
    assert len(wrong) > 45
    rejected = [case for case in valid if EMAIL.standardise(case[1]).valid is False]
    accepted = [case for case in wrong if EMAIL.standardise(case[1]).valid is True]
    assert rejected == []
    assert accepted == []


def test_the_module_needs_no_package() -> None:
    assert not hasattr(email_module, "email_validator")


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("k.luddy+news@z.org", "k.luddy@z.org"),
        ("+k@z.org", None),
        ("K.L+a@Gmail.com", "kl@gmail.com"),
    ],
)
def test_what_sorts_mail_is_not_compared(address: str, form: str | None) -> None:
    assert role("email").form(address) == form
    assert role("email").forms([address]) == [form]
