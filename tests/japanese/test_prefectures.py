import pytest

from japanese.prefectures import PREFECTURES, split_prefecture


def test_there_are_47():
    """JIS X 0401: 47 names, from 北海道 (01) to 沖縄県 (47), 東京都 being 13."""
    assert (len(PREFECTURES), len(set(PREFECTURES))) == (47, 47)
    assert (PREFECTURES[0], PREFECTURES[12], PREFECTURES[46]) == ("北海道", "東京都", "沖縄県")


@pytest.mark.parametrize("name", PREFECTURES)
def test_every_prefecture_is_split_off(name):
    """The name goes one way, the rest stays as typed."""
    assert split_prefecture(f"{name}緑町１ー２－３　髙橋方") == (name, "緑町１ー２－３　髙橋方")


@pytest.mark.parametrize("address", ["京都市左京区", "広島市中区", "", "府中市", "緑町1-2-3 東京都"])
def test_address_without_prefecture_stays(address):
    """Only a full name at the beginning counts."""
    assert split_prefecture(address) == ("", address)


def test_spaces_around_the_prefecture_go():
    """Spaces before and after the name are not part of the address."""
    assert split_prefecture("　東京都 千代田区") == ("東京都", "千代田区")


def test_compatibility_form_is_read():
    """都 typed as the compatibility ideograph U+FA26 counts as 都."""
    assert split_prefecture("東京\ufa26千代田区") == ("東京都", "千代田区")


def test_a_prefecture_alone():
    """Nothing else is an empty rest."""
    assert split_prefecture("大阪府") == ("大阪府", "")
