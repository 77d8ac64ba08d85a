"""The child process in which typst runs: reads one order from standard input, writes one PDF to standard output.

typst keeps what it has laid out in a cache that only ends with the process: nine sheets of 500 badges left 2.7 GB
behind in a long-lived one. The child is run by its path and imports nothing of the application.
"""

import json
import sys

import typst


def main() -> int:
    """Compile the order; exit 1 and say on standard error what typst said when it cannot."""
    order = json.loads(sys.stdin.buffer.read())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    compiler = typst.Compiler(root=order["root"], font_paths=fonts, ignore_system_fonts=True)
    options = {"format": "pdf", "sys_inputs": order["inputs"], "timestamp": order["stamp"]}
    try:
        try:
            made = compiler.compile(order["source"], pdf_standards="ua-1", **options)
        except typst.TypstError as error:
            if "PDF/UA-1 error" not in f"{error.message} {error.diagnostic}":
                raise
            made = compiler.compile(order["source"], **options)
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic or error.message)
        return 1
    if not isinstance(made, bytes):
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
