"""`python -m plancheck`."""

from plancheck.cli import process

if __name__ == "__main__":
    process()
