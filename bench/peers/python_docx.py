"""Replaces the texts of paragraphs with python-docx, as often as argv says; prints times and peak memory as JSON."""

import io
import json
import resource
import sys
import time

import docx

source, target, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(sys.argv[4], encoding="utf-8") as file:
    edits = json.load(file)
with open(source, "rb") as file:
    data = file.read()
milliseconds = []
for _ in range(runs):
    start = time.perf_counter()
    document = docx.Document(io.BytesIO(data))
    afters = {edit["before"]: edit["after"] for edit in edits}
    for paragraph in document.paragraphs:
        after = afters.pop(paragraph.text, None)
        if after is not None:
            paragraph.runs[0].text = after
        if not afters:
            break
    out = io.BytesIO()
    document.save(out)
    milliseconds.append((time.perf_counter() - start) * 1000)
with open(target, "wb") as file:
    file.write(out.getvalue())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"milliseconds": milliseconds, "peakBytes": peak}))
