# SPDX-License-Identifier: Apache-2.0
"""ZIP archives, opened within limits: as packages of one document, and as parcels of many files."""
