"""How the fields of jobs are sorted (see `office.access.personal`): arguments and results are ids and counts."""

from payung.office.access.personal import Fields, plain, replaced, sealed_text

FIELDS: Fields = {
    "Job": {
        "file_name": replaced("file_name"),
        "message": replaced("remark"),
        "sealed_input": sealed_text("file"),
        "sealed_output": sealed_text("file"),
        # The result names the file that was made.
        "result": replaced("detail"),
        **plain("kind asked_at state step done whole started_at finished_at arguments"),
    },
}
