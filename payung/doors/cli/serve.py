"""`payung serve`: the site over the data that is there. Web server, worker and database start and stop together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office

STOPPING_SECONDS = 15
WORKER = "pekerja"
MOST_ENDS, WITHIN_SECONDS = 5, 60
"""A process that ends of itself so often within so short a time is not started again."""


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
    """Start web and worker inside an open office; returns when Ctrl-C is pressed, or with 1 when nothing helps.

    A process that was killed is started again, and the worker's unfinished jobs go back to the queue; one that keeps
    ending, or a database that is gone, ends everything: whoever watches over Payung starts it anew.
    """
    from django.db import OperationalError

    from payung.doors.jobs.tasks import requeue_abandoned
    from payung.office.access.models import User

    requeue_abandoned()
    commands = _commands(host, port, workers)
    # Children get a session of their own: Ctrl-C reaches us alone, and we stop them in order.
    children = {name: _start(command) for name, command in commands.items()}
    ends: deque[float] = deque(maxlen=MOST_ENDS)
    print(f"\nPayung siap di http://{host}:{port}  (Ctrl-C untuk berhenti)", flush=True)
    if not User.objects.exists():
        print("Belum ada pemerintah daerah di sini. Dirikan dulu: payung found --help", flush=True)
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        while True:
            for name in [name for name, child in children.items() if child.poll() is not None]:
                ends.append(time.monotonic())
                if len(ends) == MOST_ENDS and ends[-1] - ends[0] < WITHIN_SECONDS:
                    print(f"payung: proses {name} terus berhenti sendiri; lihat pesan di atas.", file=sys.stderr)
                    return 1
                print(f"payung: proses {name} berhenti dan dijalankan lagi.", file=sys.stderr, flush=True)
                if name == WORKER:
                    requeue_abandoned()
                children[name] = _start(commands[name])
            time.sleep(0.3)
    except OperationalError:
        print("payung: basis data berhenti. Jalankan Payung lagi; tidak ada yang hilang.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nMenutup situs, pekerja, dan basis data ...", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGTERM, previous)
        _stop(list(children.values()))


def _commands(host: str, port: int, workers: int) -> dict[str, list[str]]:
    web = [
        str(Path(sys.executable).parent / "gunicorn"), "payung.doors.web.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    return {"web": web, WORKER: [sys.executable, "-m", "payung.doors.jobs.worker"]}


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=os.environ.copy(), start_new_session=True)


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
