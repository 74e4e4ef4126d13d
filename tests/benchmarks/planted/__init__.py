# SPDX-License-Identifier: Apache-2.0
"""Good submissions and copies of them with one fault each; see `tests/benchmarks/planted_faults.py`."""
