#!/usr/bin/env python3
"""Runs the notebooks, and the snippets of docs/notebooks.md, against a server.

    notebooks/.venv/bin/python notebooks/check.py URL OUTDIR

Every notebook must run from start to end, draw its pictures – which go to OUTDIR
as PNG, and have an alternative text – and come to the same number as GraphQL for one figure. The Python and
JavaScript of docs/notebooks.md must run. One line is printed for each; the exit
status is 1 where something failed.
"""

import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
DOCS = HERE.parent / "docs" / "notebooks.md"

# For each notebook: how many pictures it draws at least, an expression in it,
# and the question to GraphQL that must give the same number.
CHECKS = {
    "01-who-attended-what": (2, "leading", "{ attendance(where: { role: [CHAIR, CO_CHAIR, HEAD_OF_DELEGATION] }) { totalCount } }"),
    "02-co-attendance-over-time": (2, "len(pairs)", "{ coAttendance(where: { status: [HELD] }) { totalCount } }"),
    "03-topics-and-treaties": (2, "int(capacity_events)", '{ topic(id: "topic/cyber-capacity-building") { events { totalCount } } }'),
    "04-how-sources-disagree": (2, "conflicts.id.nunique()", "{ conflicts { totalCount } }"),
}

WIDTH, HEIGHT, COLOURS = 600, 300, 50  # a picture with less is taken for empty


def ask(url, query):
    """Asks GraphQL for one number, however deep it lies."""
    with urllib.request.urlopen(f"{url}/graphql?query={urllib.parse.quote(query)}") as response:
        answer = json.load(response)["data"]
    while isinstance(answer, dict):
        (answer,) = answer.values()
    return answer


def run(path, expression, url):
    """Runs a notebook and gives its pictures and the value of the expression."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    if any(cell.get("outputs") for cell in notebook.cells):
        raise ValueError("it is stored with outputs; clear them, so that diffs can be read")
    notebook.cells.append(nbformat.v4.new_code_cell(f"print(__import__('json').dumps({expression}))"))
    os.environ["DIALOGRAPH_URL"] = url
    options = {"kernel_name": "python3", "timeout": 300, "extra_arguments": ["--log-level=ERROR"]}
    NotebookClient(notebook, resources={"metadata": {"path": str(HERE)}}, **options).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pictures = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    described = [output for output in outputs if output.get("metadata", {}).get("image/png", {}).get("alt")]
    if len(described) < len(pictures):
        raise ValueError(f"{len(pictures) - len(described)} of its pictures have no alternative text; show them with display(…, metadata=…)")
    return pictures, json.loads(outputs[-1]["text"])


def picture(encoded, path):
    """Stores a picture; says what is wrong with it, if anything."""
    path.write_bytes(base64.b64decode(encoded))
    with Image.open(path) as image:
        colours = image.convert("RGB").getcolors(maxcolors=image.width * image.height)
        if image.width < WIDTH or image.height < HEIGHT:
            return f"{path.name} is only {image.width}×{image.height}"
        if len(colours) < COLOURS:
            return f"{path.name} has only {len(colours)} colours"
    return None


def check(name, url, out):
    """Checks one notebook; gives a line and what is wrong."""
    least, expression, query = CHECKS[name]
    try:
        pictures, value = run(HERE / f"{name}.ipynb", expression, url)
    except (CellExecutionError, ValueError) as e:
        return "", [re.sub(r"\x1b\[[0-9;]*m", "", str(e)).strip()]
    faults = []
    if len(pictures) < least:
        faults.append(f"it drew {len(pictures)} pictures, not {least}")
    for number, encoded in enumerate(pictures, 1):
        fault = picture(encoded, out / f"{name}-{number}.png")
        faults += [fault] if fault else []
    want = ask(url, query)
    if value != want:
        faults.append(f"{expression} is {value}, but GraphQL says {want}: {query}")
    return f"{len(pictures)} pictures, {expression} = {value} as in GraphQL", faults


def snippets(language, command, url):
    """Runs all snippets of a language as one program; gives a line and what is wrong."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    program = "\n".join(blocks).replace("http://127.0.0.1:8080", url)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / ("snippets." + {"js": "mjs", "python": "py", "r": "R"}[language])
        path.write_text(program, encoding="utf-8")
        done = subprocess.run([command, path], capture_output=True, text=True, timeout=300)
    faults = [] if blocks and done.returncode == 0 else [done.stderr.strip() or "there are none"]
    return f"{len(blocks)} snippets of {language} ran", faults


def main():
    if len(sys.argv) != 3:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    url, out = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    stored = {path.stem for path in HERE.glob("*.ipynb")}
    lines = {}
    for name in sorted(stored | set(CHECKS)):
        if name not in CHECKS or name not in stored:
            lines[name] = "", ["it has no check" if name in stored else "it is missing"]
        else:
            lines[name] = check(name, url, out)
        report(name, *lines[name])
    for language, command in {"python": sys.executable, "js": "node", "r": "Rscript"}.items():
        lines[language] = snippets(language, command, url)
        report("docs/notebooks.md", *lines[language])
    return int(any(faults for _, faults in lines.values()))


def report(name, line, faults):
    print(f"{name}: {'; '.join(faults) if faults else line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
