# SPDX-License-Identifier: Apache-2.0
"""Does it hold: matching documents to requirements, three-valued all the way."""
