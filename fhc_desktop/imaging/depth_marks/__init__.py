"""The marks beside a scan that tell its scale."""
