"""Who is proposed for a decree, who may be taken in and why not, and the list that follows (*verval*).

Words: a *candidate* is somebody proposed for a decree; a *statement* says that somebody works and is well; a *visit*
is what an officer found on the spot; what outside lists tell (deciles, deaths, removals, wage earners) is *told*; the
*outcome* of the decree's rules comes with its reasons and is made anew at will. Valid candidates take the decree's
free slots in the order of its priority, the others wait. Asks of `enrolment`, `agreements` (decrees), `registry`,
`approvals`, `files`, `places`.
"""
