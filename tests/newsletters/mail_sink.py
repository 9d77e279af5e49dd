"""A real SMTP server on loopback that behaves as it is told, for each recipient."""
# ruff: noqa: N802 - aiosmtpd finds its hooks by these names

import asyncio
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session


class _Server(SMTP):
    """Notes RCPT as it came over the wire, before the library takes quotation marks off."""

    async def smtp_RCPT(self, arg: str) -> None:
        sink: Sink = self.event_handler
        sink.on_the_wire.append(arg)
        if arg in sink.wire_behaviour:
            await self.push(sink.wire_behaviour[arg])
        else:
            await super().smtp_RCPT(arg)


@dataclass
class Sink:
    """`behaviour[local part]`: a reply to RCPT ("450 …"), or "data:<reply>", "drop", "drop-unread".

    `received`: (recipient, raw bytes) of every message the server took; "drop" takes it and dies before it answers.
    """

    behaviour: dict[str, str] = field(default_factory=dict)
    sender_reply: str = ""
    received: list[tuple[str, bytes]] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    on_the_wire: list[str] = field(default_factory=list)
    wire_behaviour: dict[str, str] = field(default_factory=dict)
    connections: int = 0
    on_offer: Any = None
    on_message: Any = None
    port: int = 0

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.sender_reply:
            return self.sender_reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.offered.append(address)
        if self.on_offer:
            await asyncio.to_thread(self.on_offer, address)
        told = self.behaviour.get(address.rpartition("@")[0], "")
        if told[:1].isdigit():
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (recipient,) = envelope.rcpt_tos
        told = self.behaviour.get(recipient.rpartition("@")[0], "")
        if told.startswith("data:"):
            return told.removeprefix("data:")
        if told != "drop-unread":
            self.received.append((recipient, envelope.original_content or b""))
        if self.on_message:
            await asyncio.to_thread(self.on_message, recipient)
        if told in {"drop", "drop-unread"}:
            server.transport.abort()
        return "250 2.0.0 Ok: queued as ABC"

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _content in self.received]

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for _recipient, content in self.received]  # type: ignore[misc]

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        def serve() -> None:
            asyncio.set_event_loop(self._loop)
            self._server = self._loop.run_until_complete(
                self._loop.create_server(lambda: _Server(self, loop=self._loop, hostname="sink"), "127.0.0.1", self.port)
            )
            self.port = self._server.sockets[0].getsockname()[1]
            ready.set()
            self._loop.run_forever()

        self._thread = threading.Thread(target=serve, daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        async def stop() -> None:
            self._server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
