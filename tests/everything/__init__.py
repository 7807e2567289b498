"""`python -m tests.everything`: what bin/test runs, from the linters to the browser, on both databases."""
