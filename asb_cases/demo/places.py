"""Real places of the five districts, to the postcode sector. Streets, and what follows the sector, are invented."""

from __future__ import annotations

# Postcode sector and the place it covers, by partnership.
SECTORS: dict[str, tuple[tuple[str, str], ...]] = {
    "cherwell": (
        ("OX16 0", "Ruscote, Banbury"), ("OX16 1", "Hardwick, Banbury"), ("OX16 3", "Grimsbury, Banbury"),
        ("OX16 5", "Banbury town centre"), ("OX16 9", "Easington, Banbury"), ("OX15 4", "Bodicote"),
        ("OX15 5", "Hook Norton"), ("OX26 2", "Bicester North"), ("OX26 4", "Langford, Bicester"),
        ("OX26 6", "Bicester town centre"), ("OX5 1", "Kidlington South"), ("OX5 2", "Kidlington North"),
    ),
    "bolsover": (
        ("S44 6", "Bolsover"), ("S43 4", "Clowne"), ("S80 4", "Creswell"), ("NG20 8", "Shirebrook"),
        ("DE55 2", "South Normanton"), ("DE55 5", "Tibshelf"),
    ),
    "northamptonshire": (
        ("NN1 2", "Northampton town centre"), ("NN2 7", "Kingsthorpe, Northampton"),
        ("NN3 8", "Thorplands, Northampton"), ("NN4 8", "Far Cotton, Northampton"), ("NN5 5", "St James, Northampton"),
        ("NN8 1", "Wellingborough"), ("NN10 0", "Rushden"), ("NN11 4", "Daventry"), ("NN15 7", "Kettering"),
        ("NN17 1", "Corby Old Village"), ("NN18 9", "Danesholme, Corby"),
    ),
    "chesterfield": (
        ("S40 1", "Chesterfield town centre"), ("S40 2", "Boythorpe, Chesterfield"), ("S40 4", "Ashgate, Chesterfield"),
        ("S41 0", "Hasland"), ("S41 7", "Newbold, Chesterfield"), ("S41 8", "Dunston, Chesterfield"),
        ("S43 1", "Brimington"), ("S43 3", "Staveley"),
    ),
    "coventry": (
        ("CV1 4", "Spon End"), ("CV1 5", "Hillfields"), ("CV2 1", "Wood End"), ("CV2 4", "Stoke"),
        ("CV3 1", "Stoke Aldermoor"), ("CV3 4", "Willenhall"), ("CV4 9", "Tile Hill"), ("CV5 6", "Earlsdon"),
        ("CV6 1", "Coundon"), ("CV6 5", "Foleshill"), ("CV6 7", "Longford"),
    ),
}  # fmt: skip

STREETS = (
    "Orchard Way", "Mill Lane", "Station Road", "Tanner’s Yard", "Foundry Street", "Meadow Close", "Larch Avenue",
    "Kiln Rise", "Weaver’s Court", "Pasture Lane", "Beacon Hill", "Cloth Hall Street", "Lime Walk", "Quarry Bank",
    "Swan Passage", "Drovers Way", "Hawthorn Grove", "Chapel Row", "Bridge Street", "Rookery Close", "Almond Drive",
    "Saddlers Court", "Furnace Lane", "Willow Bank",
)  # fmt: skip

# No real postcode ends in these letters: C, I, K, M, O and V are never used there.
UNITS = ("VV", "VC", "KV", "MV", "OC", "CK")
