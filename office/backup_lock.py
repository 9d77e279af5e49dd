"""Lock a backup in the age format (age-encryption.org/v1), so that a lost copy tells nobody who the supporters are.

Two kinds of key: public keys (`age1…`) of persons who keep the secret half elsewhere, or one passphrase. A stolen
computer can make such files but, with public keys, not open them. The format is read by the program `age` too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.utils.translation import gettext as _

from privacy.errors import Refused

HEADER = b"age-encryption.org/v1\n"
SHORTEST_PASSPHRASE = 12
"""Characters. age stretches a passphrase (scrypt, 2 seconds a try here), so twelve are out of reach for guessing."""
_NEEDS_PASSPHRASE = b"-> scrypt "
_LONGEST_START = 200


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """Whoever holds the secret key of any one of these can open the file."""

    recipients: Sequence[pyrage.x25519.Recipient]


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """One passphrase of at least `SHORTEST_PASSPHRASE` characters; never shown, never stored."""

    words: str


Lock = PublicKeys | Passphrase


@dataclass(frozen=True, slots=True, repr=False)
class SecretKeys:
    """Secret keys (`AGE-SECRET-KEY-1…`) to open a file with."""

    identities: Sequence[pyrage.x25519.Identity]


Opener = SecretKeys | Passphrase


def public_keys(lines: Sequence[str]) -> PublicKeys:
    """Raises `Refused` "bad_public_key" for a line that is no age public key (`column` carries no text of it)."""
    recipients = []
    for line in lines:
        try:
            recipients.append(pyrage.x25519.Recipient.from_str(line.strip()))
        except pyrage.RecipientError as error:
            raise Refused(
                _("控えの鍵(公開の鍵)として読めません。age1 で始まる62文字を、そのまま写してください。"), code="bad_public_key"
            ) from error
    return PublicKeys(tuple(recipients))


def passphrase(words: str) -> Passphrase:
    """Raises `Refused` "weak_passphrase" for fewer than `SHORTEST_PASSPHRASE` characters."""
    if len(words.strip()) < SHORTEST_PASSPHRASE:
        raise Refused(
            _("合言葉は%d文字より短くできません。関係のない言葉を4つほどつなげると、長くて覚えやすくなります。")
            % SHORTEST_PASSPHRASE,
            code="weak_passphrase",
        )
    return Passphrase(words.strip())


def secret_keys(text: str) -> SecretKeys:
    """Read the secret keys of a key file; its comments (`#`) and empty lines are skipped.

    Raises `Refused` "bad_secret_key".
    """
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        identities = tuple(pyrage.x25519.Identity.from_str(line) for line in lines)
    except pyrage.IdentityError:
        identities = ()
    if not identities:
        raise Refused(
            _("ひみつの鍵として読めません。AGE-SECRET-KEY-1 で始まる行を、そのまま写したファイルを選んでください。"),
            code="bad_secret_key",
        )
    return SecretKeys(identities)


def new_key() -> tuple[str, str]:
    """Make a pair: (secret key, public key). The secret one is told once and kept nowhere."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def lock_file(plain: Path, locked: Path, lock: Lock) -> None:
    """Encrypt `plain` into the file `locked`, which exists already (its mode stays)."""
    with locked.open("r+b") as target:
        if isinstance(lock, Passphrase):
            target.write(pyrage.passphrase.encrypt(plain.read_bytes(), lock.words))
        else:
            with plain.open("rb") as source:
                pyrage.encrypt_io(source, target, list(lock.recipients))


def is_locked(path: Path) -> bool:
    """Whether the file begins as an age file does. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def asks_for_passphrase(path: Path) -> bool:
    """Whether a locked file was locked with a passphrase, not with public keys."""
    with path.open("rb") as file:
        return file.read(_LONGEST_START).startswith(HEADER + _NEEDS_PASSPHRASE)


def open_file(locked: Path, plain: Path, opener: Opener) -> None:
    """Decrypt `locked` into the new file `plain`.

    Raises `Refused` "wrong_key": the key does not fit, or the file was changed or cut off; age cannot tell which.
    """
    try:
        if isinstance(opener, Passphrase):
            plain.write_bytes(pyrage.passphrase.decrypt(locked.read_bytes(), opener.words))
        else:
            with locked.open("rb") as source, plain.open("xb") as target:
                pyrage.decrypt_io(source, target, list(opener.identities))
    except (pyrage.DecryptError, OSError) as error:
        plain.unlink(missing_ok=True)
        raise Refused(
            _("この控えを開けませんでした。合言葉か鍵がちがうか、ファイルがこわれています。何も変えていません。"),
            code="wrong_key",
        ) from error
