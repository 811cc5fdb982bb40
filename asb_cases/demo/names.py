"""Names for invented people."""

# Titles and the first names that go with them. An empty title is one that nobody gave.
GIVEN = (
    (("Ms", "Mrs", "Miss", "Dr", ""), (
        "Amira", "Bethan", "Dilys", "Farah", "Grace", "Imogen", "Keisha", "Margaret", "Nadia", "Priya", "Rosa", "Uma",
        "Vera", "Zofia", "Brenda", "Doreen", "Fiona", "Hilda", "Joyce", "Lorraine", "Noreen",
    )),
    (("Mr", "Mr", "Mr", "Dr", ""), (
        "Callum", "Ewan", "Hassan", "Jakub", "Liam", "Owen", "Samuel", "Tomasz", "Winston", "Yusuf", "Alan", "Colin",
        "Errol", "Gareth", "Ian", "Kenneth", "Mohammed", "Patrick",
    )),
    (("Mx",), ("Robin", "Alex", "Sam", "Kit")),
)  # fmt: skip

FAMILY = (
    "Khan", "Dunn", "Webb", "Okafor", "Shah", "Kowalski", "Price", "Begum", "Hughes", "Nowak", "Campbell", "Ellery",
    "Fernandes", "Gill", "Hartley", "Ibrahim", "Jarvis", "Kaur", "Lister", "Mbeki", "Nolan", "Osborne", "Patel",
    "Quigley", "Rahman", "Sutton", "Thorpe", "Underhill", "Vickers", "Walsh", "Yates", "Zaman", "Ashworth", "Bramley",
    "Clegg", "Doyle", "Eastwood", "Frost", "Garside", "Holt",
)  # fmt: skip

DESCRIPTIONS: dict[str, tuple[str, ...]] = {
    "neighbours": (
        "Shouting and banging through the wall most evenings. She no longer uses the back bedroom.",
        "Threats over the fence after a row about parking. He is afraid to go into the garden.",
    ),
    "rowdy": (
        "A group of about eight gathers by the shops after dark, throwing things at passing cars.",
        "Young people kicking a ball against the house and swearing at anybody who asks them to stop.",
    ),
    "noise": (
        "Loud music from the flat below until three in the morning, four nights of the last seven.",
        "A dog left alone that barks all day. The caller works nights and cannot sleep.",
    ),
    "communications": ("Abusive messages on her telephone and notes through the door, since August.",),
    "animals": ("Two dogs off the lead on the green. A child was knocked over.",),
    "vehicle_nuisance": (
        "Off-road bikes on the footpath behind the houses every weekend.",
        "Cars racing round the estate at night and doing handbrake turns outside the school.",
    ),
    "vehicle_abandoned": ("A burnt-out car behind the garages for two weeks.",),
    "litter": ("Needles and foil in the stairwell. Families use it.",),
    "street_drinking": ("Drinking and shouting in the churchyard from midday on.",),
    "trespass": ("People climbing into the closed school and lighting fires.",),
    "begging": ("Aggressive begging outside the cash machine. Older residents have stopped coming.",),
    "prostitution": ("Cars stopping at all hours at the end of the road.",),
    "fireworks": ("Fireworks thrown at the windows of the sheltered flats.",),
}  # fmt: skip

# What is reported as hate-motivated, by the strand it is perceived to be about.
HOSTILE: dict[str, tuple[str, ...]] = {
    "race": (
        "Abuse shouted from the flat opposite about where they come from. The children no longer play outside.",
        "A racist slogan was sprayed on the garage door, and the bins were tipped over in front of it.",
    ),
    "religion": ("Called names about faith at the bus stop, for the third time. Eggs were thrown at the door.",),
    "sexual_orientation": ("Two neighbours shout slurs at the couple whenever they come home together.",),
    "disability": ("The wheelchair ramp was blocked again, with mockery for asking that it be cleared.",),
    "transgender": ("Shouted at and filmed by a group outside the shop, about being transgender.",),
}
