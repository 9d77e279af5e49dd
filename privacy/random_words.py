"""Random words that nobody can guess, in letters only, so that none looks like a number of the state. Pure."""

import secrets

ALPHABET = "abcdefghijkmnpqrstuvwxyz"  # without l and o, which look like 1 and 0 on paper


def letters(count: int) -> str:
    """`count` random letters; 32 of them are about 146 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
