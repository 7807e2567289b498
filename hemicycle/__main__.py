"""`python -m hemicycle` is the command line."""

from hemicycle.command import main

main()
