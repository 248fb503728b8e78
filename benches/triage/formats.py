"""The invented rows in every format that `pilah triage` reads, with a few records that it must reject."""

import csv
import datetime
import gzip
import json
import subprocess

BROKEN_EVERY = 5000
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def inputs(jsonl, folder, pilah):
    """Writes every format into `folder`; returns format -> path."""
    with jsonl.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    made = {name: folder / f"input.{ending}" for name, ending in ENDINGS.items()}
    _jsonl(rows, made["jsonl"])
    plain = made["jsonl"].read_bytes()
    with gzip.GzipFile(made["jsonl.gz"], "wb", mtime=0) as file:
        file.write(plain)
    made["jsonl.zst"].write_bytes(zstd(plain))
    _csv(rows, made["csv"], "utf-8", ",")
    _csv(rows, made["csv, utf-16"], "utf-16", ";")
    _json(rows, made["json"])
    _whatsapp(rows, made["whatsapp"])
    _tweets(rows, made["tweets.js"])
    command = [pilah, "triage", jsonl, "--out", made["parquet"], "--keep-private", "--kecil"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return made


ENDINGS = {
    "jsonl": "jsonl", "jsonl.gz": "jsonl.gz", "jsonl.zst": "jsonl.zst", "csv": "csv", "csv, utf-16": "utf16.csv", "json": "json",
    "whatsapp": "txt", "tweets.js": "tweets.js", "parquet": "parquet",
}


def zstd(data):
    """Returns a Zstandard frame of uncompressed blocks: Python before 3.14 has no compressor, and readers take any frame."""
    size = 1 << 17
    starts = range(0, max(len(data), 1), size)
    blocks = [data[start:start + size] for start in starts]
    frame = [b"\x28\xb5\x2f\xfd\x00\x38"]  # magic; neither checksum nor size; a window of 128 KB
    for at, block in enumerate(blocks):
        frame += [(len(block) << 3 | (at == len(blocks) - 1)).to_bytes(3, "little"), block]
    return b"".join(frame)


def _jsonl(rows, path):
    with path.open("w", encoding="utf-8") as file:
        for at, row in enumerate(rows):
            if at % BROKEN_EVERY == BROKEN_EVERY - 1:
                file.write('{"id":"rusak","text":"barisnya putus\n')
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _json(rows, path):
    with path.open("w", encoding="utf-8") as file:
        file.write("[\n")
        for at, row in enumerate(rows):
            file.write(",\n" if at else "")
            if at % BROKEN_EVERY == BROKEN_EVERY - 1:
                file.write("42,\n")
            file.write(json.dumps(row, ensure_ascii=False))
        file.write("\n]\n")


def _csv(rows, path, encoding, delimiter):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def _whatsapp(rows, path):
    """As an Android phone set to Indonesian exports a chat."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            time = datetime.datetime.fromisoformat(row["time"])
            file.write(f"{time:%d/%m/%y %H.%M} - {row['sender']}: {row['text']}\n")


def _tweets(rows, path):
    """As X's archive of an account has them; its names of days and months are English whatever the locale."""
    tweets = []
    for row in rows:
        time = datetime.datetime.fromisoformat(row["time"]).astimezone(datetime.timezone.utc)
        written = f"{DAYS[time.weekday()]} {MONTHS[time.month - 1]} {time:%d %H:%M:%S +0000 %Y}"
        tweets.append({"tweet": {"id_str": row["id"][1:], "created_at": written, "full_text": row["text"], "lang": "in"}})
    path.write_text("window.YTD.tweets.part0 = " + json.dumps(tweets, ensure_ascii=False, indent=1), encoding="utf-8")
