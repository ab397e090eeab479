"""KK, NIP and KPJ: their lengths and the little that can be checked."""

from payung.rules.identity import membership_numbers


def test_kk() -> None:
    assert membership_numbers.kk("3273 0212 0810 0001") == "3273021208100001"
    assert membership_numbers.kk("3273021208100000") is None
    assert membership_numbers.kk("327302120810001") is None


def test_nip() -> None:
    assert membership_numbers.nip("19680312 199003 1 004") == "196803121990031004"
    assert membership_numbers.nip("198507052022212003") == "198507052022212003"
    assert membership_numbers.nip("196813121990031004") is None
    assert membership_numbers.nip("196803121990033004") is None
    assert membership_numbers.nip("19680312199003100") is None


def test_kpj() -> None:
    assert membership_numbers.kpj("22012345678") == "22012345678"
    assert membership_numbers.kpj("2201234567") is None
    assert membership_numbers.kpj("belum ada") is None
