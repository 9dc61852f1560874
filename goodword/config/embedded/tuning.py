"""How the embedded server is set: small, since it shares a modest machine with the rest of the product."""

from __future__ import annotations

DURABLE: dict[str, str] = {
    # Doors: the socket alone.
    "listen_addresses": "",
    "max_connections": "60",
    # Memory. Pages that are used stay in the system's cache as well, so a small pool of our own is enough.
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "huge_pages": "off",
    "wal_buffers": "4MB",
    # Processes: each costs some megabytes, and the machine may have two cores.
    "io_method": "sync",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "1",
    "autovacuum_max_workers": "2",
    "max_logical_replication_workers": "0",
    "max_replication_slots": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    # Compiling a query costs more than any of our queries runs for.
    "jit": "off",
    # A burst of intake must not be throttled by checkpoints.
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "autovacuum_naptime": "30s",
    # Nobody may sit on a transaction for ever.
    "idle_in_transaction_session_timeout": "10min",
    # The log may not hold what customers wrote: no statements, no failing rows (the DETAIL lines).
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# A cluster that is thrown away after the tests need not survive a power cut.
THROW_AWAY: dict[str, str] = DURABLE | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "autovacuum_naptime": "5min",
}
