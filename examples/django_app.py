"""A Django form field that refuses what must not be published."""

from django import forms
from django.core.exceptions import ValidationError

from govmedia_screen import Level, Screener

screener = Screener()


def screened(text: str) -> None:
    """A validator: every finding at BLOCK is an error of the field."""
    found = screener.screen(text).at_least(Level.BLOCK)
    if found:
        raise ValidationError([f"{one.text}：{one.message}（{one.basis}）" for one in found])


class PostForm(forms.Form):
    title = forms.CharField(max_length=100)
    body = forms.CharField(widget=forms.Textarea, validators=[screened])
