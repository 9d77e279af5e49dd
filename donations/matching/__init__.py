"""Who paid: from a bank line and the register to ranked suggestions with reasons. Pure: no Django, no clock, no network.

The way of one batch: ``parse`` every line → collect the keys → one look-up in a ``Register`` → candidates → posterior →
evidence → gate.  The entry is :func:`donations.matching.match.match_batch`.
"""
