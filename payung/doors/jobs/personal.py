"""How the fields of jobs are sorted (see `office.access.personal`): arguments and results are ids and counts."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain

FIELDS: Fields = {
    "Job": {
        "file_name": PERSONAL,
        "message": PERSONAL,
        "sealed_input": mark("file"),
        "sealed_output": mark("file"),
        # The result names the file that was made.
        "result": PERSONAL,
        **plain("kind asked_at state step done whole started_at finished_at arguments"),
    },
}
