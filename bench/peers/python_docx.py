"""Replaces one run's text with python-docx, as often as argv says; prints times and peak memory as JSON."""

import io
import json
import resource
import sys
import time

import docx

source, target, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(source, "rb") as file:
    data = file.read()
milliseconds = []
for _ in range(runs):
    start = time.perf_counter()
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        if "within thirty days of the order" in paragraph.text:
            for run in paragraph.runs:
                run.text = run.text.replace("thirty", "fourteen")
            break
    out = io.BytesIO()
    document.save(out)
    milliseconds.append((time.perf_counter() - start) * 1000)
with open(target, "wb") as file:
    file.write(out.getvalue())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"milliseconds": milliseconds, "peakBytes": peak}))
