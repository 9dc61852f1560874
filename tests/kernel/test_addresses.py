from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kernel.addresses import is_public, is_within


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_by_what_is_inside(inner: ipaddress.IPv4Address) -> None:
    if not is_public(str(inner)):
        assert not is_public(f"::ffff:{inner}")
        assert not is_public(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(inner))))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_zone_is_no_part_of_the_address() -> None:
    assert is_within("fe80::1%eth0", [ipaddress.ip_network("fe80::/10")])
    assert not is_public("fe80::1%eth0")
    assert not is_within("10.0.0.1", [ipaddress.ip_network("fe80::/10")])
