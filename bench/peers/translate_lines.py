# Translates a text line by line with the PyPI build of fxtranslate: folder of the model, text file, file for the result.
import sys
from pathlib import Path

from fxtranslate import Translator

folder, source, target = map(Path, sys.argv[1:4])
vocabulary = next(folder.glob("vocab.*.spm")).read_bytes()
translator = Translator(
    model=next(folder.glob("model.*.bin")).read_bytes(),
    src_vocab=vocabulary,
    trg_vocab=vocabulary,
    shortlist=next(folder.glob("lex.*.bin")).read_bytes(),
)
lines = source.read_text(encoding="utf-8").splitlines()
target.write_text("\n".join(translator.translate(line) for line in lines), encoding="utf-8")
