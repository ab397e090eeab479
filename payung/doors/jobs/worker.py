"""The worker process: takes jobs from the queue until it is asked to stop."""

import os


def main() -> None:
    """Run one worker over the payung queue; SIGTERM ends it after the job at hand."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.doors.settings")
    os.environ["PGAPPNAME"] = "payung worker"
    import django

    django.setup()
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # the Django connector has it
    with app.replace_connector(connector):
        app.run_worker(queues=["payung"], concurrency=1, shutdown_graceful_timeout=10)


if __name__ == "__main__":
    main()
