"""Invented newsletters, and people who agreed to get them."""

from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from members.models import Channel, Supporter
from newsletters.composing import create_draft, prepare
from newsletters.models import Audience, Newsletter
from tests.factories.members import AssociationFactory, SupporterFactory

MARKDOWN = "{{氏名}}{{敬称}}\n\nこれは**「強調」**です。\n\n- [集会の案内](https://example.jp/meeting)\n"
WRITTEN_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class NewsletterFactory(DjangoModelFactory):
    """A draft that passes every check."""

    class Meta:
        model = Newsletter

    title = factory.Sequence(lambda n: f"ひとくち通信 第{n + 1}号")
    markdown = MARKDOWN
    audience = Audience.ALL
    created_at = WRITTEN_AT
    created_by = "tayori"


def mail_reader(**facts: Any) -> Supporter:
    """A supporter who agreed and wants mail."""
    return SupporterFactory(channel=Channel.EMAIL, consented=True, **facts)


def post_reader(**facts: Any) -> Supporter:
    """A supporter who agreed and wants letters by post."""
    return SupporterFactory(channel=Channel.POST, consented=True, **facts)


def prepared(*, markdown: str = MARKDOWN, audience: str = Audience.ALL, title: str = "ひとくち通信", at: datetime = WRITTEN_AT) -> Newsletter:
    """A frozen newsletter for the supporters there are."""
    AssociationFactory()
    draft = create_draft(title=title, markdown=markdown, audience=audience, at=at, by="tayori")
    return prepare(newsletter=draft, at=at, by="tayori")
