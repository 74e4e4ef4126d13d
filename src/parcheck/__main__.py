# SPDX-License-Identifier: Apache-2.0
"""`python -m parcheck`: the command line where no `parcheck` script was installed."""

from parcheck.cli import main

if __name__ == "__main__":
    main()
