"""`python -m tallymark` is `tallymark`."""

from tallymark.cli import program

if __name__ == "__main__":
    program()
