"""What becomes of every promise in the awkward weeks (test_awkward_month), written out and argued for.

A line is a promise's code and, for each person or "all", the outcomes of its clock's turns in order, and whether its
evidence is shown; "figure" is its measure. Nothing after the code: the promise was not owed in this story.

Why, where it is not plain:
- khan is contacted at 8:30 on Monday 26 October, half an hour before 48 elapsed hours end: the clocks went back.
- Hate crime is recognised on the 27th, when 24 hours were over: classified too late, and done by the contact before.
- webb is tried three times on three days by two channels before each deadline, and a team lead confirms: attempted.
- khan's updates: 10 November (given in the case merged into), 24 November, 8 and 22 December and 8 January; ten working
  days from 22 December end on 8 January, with three bank holidays between. The last turn ends with the case.
- dunn opts out on 2 November and back in on 1 December, every five working days: the first is a day late, the second in
  time, the third, due on 23 December, never given.
- NORT-5: nobody had assessed the risk, so it counted as high; the contact within one working day responded.
- CHES-7a: meetings in October and December, none in November and January.
- Duties of twelve months began in October and are first owed by the end of March 2028.
"""

_TABLES = {
    "cherwell": """
CHER-P1      all missing | figure kept
CHER-P2      all missing
CHER-P3      figure kept
CHER-P4      all missing
CHER-P5      all shown
CHER-P6      dunn missing | khan shown | webb missing
CHER-1a      figure not_kept
CHER-1b      all kept running | figure kept
CHER-1c      all running | figure kept
CHER-2       all running | all running
CHER-3-0     dunn ended | dunn missing | figure kept | khan measured | khan missing | webb attempted | webb missing
CHER-3a      khan measured | khan shown | webb ended | webb shown
CHER-3b-i    khan kept | webb attempted | webb shown
CHER-3b-ii   khan reclassified_late | khan shown
CHER-3c      khan kept | khan shown | webb attempted | webb missing
CHER-3d      khan shown | webb missing
CHER-4-0a    khan shown
CHER-4-0b    khan missing | webb missing
CHER-4a      dunn shown | khan shown | webb shown
CHER-4b      khan missing | webb missing
CHER-4c      khan shown | webb shown
CHER-5-0     dunn shown | khan shown | webb shown
CHER-5a      dunn ended missed kept missed | dunn shown | khan kept kept kept kept kept ended | khan shown | webb kept missed | webb missing
CHER-5b      dunn ended | dunn missing | khan measured | khan shown | webb ended | webb missing
CHER-5c      all missing | dunn missing | khan missing | webb missing
CHER-6       all running | figure kept
CHER-7-0     all missing
CHER-7a      all missing | khan shown | webb missing
CHER-7b      all measured | all missing | all shown
""",
    "bolsover": """
BOLS-P1      figure not_kept
BOLS-P2      all missing | figure kept
BOLS-P3      all shown
BOLS-P4      all missing
BOLS-1a      figure open
BOLS-1b      all running | khan shown
BOLS-2       all kept running | all running
BOLS-3a      dunn missing | khan shown | webb missing
BOLS-3b      dunn shown | figure kept | khan shown | webb shown
BOLS-3c      khan missing
BOLS-4a      khan shown
BOLS-4b      khan ended
BOLS-4c      khan missing
BOLS-5a      dunn missing | khan missing | webb missing
BOLS-5b      all shown
BOLS-5c      all missing | dunn missing
BOLS-6a      khan measured | khan missing
BOLS-6b      figure kept | khan missing
BOLS-6c      khan missing
BOLS-7a      dunn missing | khan missing | webb missing
BOLS-7b      dunn missing | figure kept | khan missing | webb missing
BOLS-7c      dunn missing | khan shown | webb missing
BOLS-8a      dunn ended missed kept missed | dunn shown | khan kept kept kept kept kept ended | khan shown | webb kept missed | webb missing
BOLS-8b      dunn not_applicable | figure kept | khan shown | webb missing
BOLS-9a      khan shown | webb missing
BOLS-9b      khan measured | khan shown | webb ended | webb missing
BOLS-10a     all ended | all missing | figure kept
BOLS-10b     all shown
BOLS-11a     all running | figure kept
BOLS-11b     figure kept
BOLS-12a     khan missing | webb missing
BOLS-12b     khan kept kept kept kept kept ended | webb kept kept missed
BOLS-13a     all missing | all shown
BOLS-13b     all missing
BOLS-14
""",
    "northamptonshire": """
NORT-1       khan shown
NORT-2       dunn shown | khan shown | webb shown
NORT-3       all running | figure kept
NORT-4       figure kept | khan measured | khan shown | webb attempted | webb missing
NORT-5       khan kept | khan shown | webb attempted | webb shown
NORT-6
NORT-7a      khan ended | khan missing | webb attempted | webb missing
NORT-7b      khan shown | webb missing
NORT-7c
NORT-8       khan measured | khan shown | webb ended | webb missing
NORT-9a      figure kept
NORT-9b      figure kept | khan missing | webb missing
NORT-10a     khan missing | webb missing
NORT-10b
NORT-10c     khan missing | webb missing
NORT-11      dunn ended missed kept missed | dunn shown | khan kept kept kept kept kept ended | khan shown | webb kept missed | webb missing
NORT-12      khan missing | webb missing
NORT-13      figure kept | khan missing | webb missing
NORT-14
NORT-15
NORT-16      all running | all running
NORT-17      all missing | khan missing | webb missing
""",
    "chesterfield": """
CHES-P1      all missing | figure kept
CHES-P2      figure kept
CHES-P3      figure not_kept
CHES-P4      all shown | figure kept
CHES-P5      all missing
CHES-P6      all kept running
CHES-1       all measured | all shown
CHES-2a      dunn missing | figure kept | khan missing | webb missing
CHES-2b      dunn shown | figure kept | khan shown | webb shown
CHES-2c
CHES-3a      dunn ended missed kept missed | khan kept kept kept kept kept ended | webb kept missed
CHES-3b      all missing | khan missing | webb missing
CHES-4a      all running | figure kept
CHES-4b
CHES-4c      dunn shown | khan shown | webb shown
CHES-5a      all running
CHES-5b      all running
CHES-6a      all running
CHES-6b      figure kept
CHES-7a      all kept missed kept missed running
CHES-7b      all running
CHES-7c      all running
CHES-8a      figure kept
CHES-8b      all running
CHES-9a      figure kept
CHES-9b      khan measured | khan shown
CHES-10a     all running
CHES-10b     all running
""",
    "coventry": """
COV-P1       all missing | figure kept
COV-P2       figure kept
COV-P3       figure kept
COV-P4       all running
COV-P5       all missing
COV-1a       figure kept
COV-1b       khan shown
COV-1c
COV-2a       dunn shown | khan shown | webb shown
COV-2b       khan missing | webb missing
COV-3        all measured | all shown
COV-4a       khan ended | khan missing
COV-4b       khan kept | khan shown
COV-4c       khan missing
COV-4d       khan kept | khan shown
COV-5        figure kept
COV-6        all running | figure kept
COV-7a       all running
COV-7b       all missing
COV-8a       all running
COV-8b       all running | figure kept
COV-9        all missing
COV-10a      all running
COV-10b      all running | figure kept
COV-10c      all running
COV-11a      all running
COV-11b      all running
COV-12a      all running | figure kept
COV-12b      figure not_kept
COV-P6       khan measured | khan shown
COV-P7       all missing
COV-C1       all shown
COV-C2       figure kept | khan missing
COV-C3       all missing
COV-C4       all missing
""",
}

OUTCOMES: dict[str, dict[str, list[str]]] = {
    name: {
        code: [said.strip() for said in rest.split("|") if said.strip()]
        for code, _, rest in (line.partition(" ") for line in table.strip().splitlines())
    }
    for name, table in _TABLES.items()
}
