"""`payung serve`: the site over the data that is there. Web server, worker and database start and stop together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office

STOPPING_SECONDS = 15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Host, port and the number of web workers."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="proses web (baku: 2)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C. Exit status 2 with one sentence when something stands in the way."""
    try:
        require_free(arguments.host, arguments.port)
        with opened_office(data_folder()):
            return serve(arguments.host, arguments.port, arguments.workers)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def require_free(host: str, port: int) -> None:
    """Raises FolderUnusable when somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise FolderUnusable(
                f"Alamat {host}:{port} tidak dapat dipakai ({problem.strerror}). "
                f"Hentikan program yang memakainya, atau pilih porta lain: payung serve --port {port + 1}"
            ) from problem


def serve(host: str, port: int, workers: int) -> int:
    """Start web and worker inside an open office; returns when either ends or Ctrl-C is pressed."""
    from payung.doors.jobs.tasks import requeue_abandoned

    requeue_abandoned()
    programmes = Path(sys.executable).parent
    web = [
        str(programmes / "gunicorn"), "payung.doors.web.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "payung.doors.jobs.worker"]
    # Children get a session of their own: Ctrl-C reaches us alone, and we stop them in order.
    children = [subprocess.Popen(command, env=os.environ.copy(), start_new_session=True) for command in (web, worker)]
    print(f"\nPayung siap di http://{host}:{port}  (Ctrl-C untuk berhenti)", flush=True)
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        print("payung: proses web atau pekerja berhenti sendiri; lihat pesan di atas.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nMenutup situs, pekerja, dan basis data ...", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGTERM, previous)
        _stop(children)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
