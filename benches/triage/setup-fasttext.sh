#!/usr/bin/env bash
# Builds fastText's own program from the C++ source on PyPI and trains a model for `category` on models/seed.jsonl.
#
#   benches/triage/setup-fasttext.sh [FOLDER]     # default target/fasttext; prints the program and the model
#
# DIM, MINN, MAXN, NGRAMS, BUCKET set other sizes than the default (100, 3, 5, 2, 2000000: fastText's own where it has one);
# each set of sizes is a model of its own. What exists is not made again. Needs g++ (or CXX), python3 with pip, and PyPI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly VERSION=0.9.3
readonly SHA256=eb03f2ef6340c6ac9e4398a30026f05471da99381b307aafe2f56e4cd26baaef
readonly DIM=${DIM:-100} MINN=${MINN:-3} MAXN=${MAXN:-5} NGRAMS=${NGRAMS:-2} BUCKET=${BUCKET:-2000000}
FOLDER=${1:-${CARGO_TARGET_DIR:-target}/fasttext}
mkdir -p "$FOLDER"
FOLDER=$(cd "$FOLDER" && pwd)
PROGRAM=$FOLDER/fasttext
MODEL=$FOLDER/dim$DIM-minn$MINN-maxn$MAXN-ngrams$NGRAMS-bucket$BUCKET.bin

# download: the source package; pip looks into it for its name, which is why it fetches pybind11 for a moment.
download() {
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary fasttext -d "$FOLDER" "fasttext==$VERSION" >&2
  echo "$SHA256  $FOLDER/fasttext-$VERSION.tar.gz" | sha256sum --check --quiet >&2
  tar -xzf "$FOLDER/fasttext-$VERSION.tar.gz" -C "$FOLDER"
}

# build: with the flags of fastText's own Makefile.
build() {
  [ -d "$FOLDER/fasttext-$VERSION/src" ] || download
  "${CXX:-g++}" -pthread -std=c++17 -march=native -O3 -funroll-loops -DNDEBUG \
    "$FOLDER/fasttext-$VERSION"/src/*.cc -o "$PROGRAM.part" >&2
  mv "$PROGRAM.part" "$PROGRAM"
}

# train: one thread and one seed, so that the same file gives the same model.
train() {
  python3 - models/seed.jsonl > "$FOLDER/train.txt" <<'PYTHON'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    if row.get("category") and row["split"] == "train":
        print("__label__" + row["category"], " ".join(row["text"].split()))
PYTHON
  "$PROGRAM" supervised -input "$FOLDER/train.txt" -output "${MODEL%.bin}.part" -loss softmax -dim "$DIM" -minn "$MINN" \
    -maxn "$MAXN" -wordNgrams "$NGRAMS" -bucket "$BUCKET" -minCount 1 -lr 1 -epoch 100 -thread 1 -seed 1 -verbose 0 >&2
  rm -f "${MODEL%.bin}.part.vec"   # words with their vectors as text: nobody reads them
  mv "${MODEL%.bin}.part.bin" "$MODEL"
}

[ -x "$PROGRAM" ] || build
[ -f "$MODEL" ] || train
printf '%s\n%s\n' "$PROGRAM" "$MODEL"
