"""How this room's fields are sorted (see `access.personal`): offices and units are no persons."""

from payung.office.access.personal import PERSONAL, Fields, plain

FIELDS: Fields = {
    "Government": plain("code name"),
    "Opd": plain("code name short_name"),
    "PaymentUnit": plain("kind number name"),
    "OpdUnit": plain("from_month until_month"),
    "UserArea": plain("village_code own_pledges"),
    # Officers who sign for their office.
    "Letterhead": {
        **dict.fromkeys(("officer_name", "officer_number", "treasurer_name", "treasurer_number"), PERSONAL),
        **plain("from_day lines city officer_post treasurer_post recorded_at replaced_at"),
    },
    "OfficialFigure": plain(
        "kind scope place_code on_day heads percent_hundredths letter letter_on definition recorded_at replaced_at"
    ),
}
