"""Signing as RFC 5849 has it, by X's own worked example."""

from __future__ import annotations

from goodword.connectors.x.oauth import Keys, authorization, signature

# https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
KEYS = Keys(
    "xvz1evFS4wEEPTGEFPHBog",
    "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
)


def test_the_documents_own_example() -> None:
    parameters = {
        "status": "Hello Ladies + Gentlemen, a signed OAuth request!",
        "include_entities": "true",
        "oauth_consumer_key": KEYS.app_key,
        "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "1318622958",
        "oauth_token": KEYS.token,
        "oauth_version": "1.0",
    }
    url = "https://api.twitter.com/1.1/statuses/update.json"
    assert signature(KEYS, method="post", url=url, parameters=parameters) == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="


def test_the_header_shows_no_secret() -> None:
    header = authorization(KEYS, method="POST", url="https://api.x.com/2/tweets", nonce="n", timestamp=1)
    assert header.startswith('OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_nonce="n", oauth_signature="')
    assert KEYS.app_secret not in header
    assert KEYS.token_secret not in header
    assert KEYS.app_secret not in repr(KEYS)
    assert KEYS.token not in repr(KEYS)
