"""How connectors call a network's HTTP API; shared, since every network answers alike.

Whatever goes wrong ends in the contract's own words: `Refused`, `Retry` (with the network's own waiting time) or
`Uncertain`. Connections go to checked addresses only (`goodword.kernel.http_client`).
"""
