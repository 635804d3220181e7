"""Sheets as national offices publish them, cut to a few rows: published figures only."""

from __future__ import annotations

from workbook_sheet import Sheet

SPAIN_CYBERCRIME = Sheet(
    name="tabla-0",
    titles=(
        "PORTAL ESTADÍSTICO DE CRIMINALIDAD",
        "Series anuales. Cibercriminalidad. Comunidades y Ciudades Autónomas",
        "",
        "Hechos conocidos de infracciones penales relacionadas con la  cibercriminalidad"
        " por comunidades autónomas, grupo penal y periodo.",
        "Unidades: hechos conocidos",
    ),
    rows=(
        (
            " ", "ACCESO  E INTERCEPTACIÓN ILÍCITA", "AMENAZAS Y COACCIONES",
            "CONTRA EL HONOR", "CONTRA LA PROPIEDAD INDUSTRIAL/INTELECTUAL",
            "DELITOS SEXUALES", "FALSIFICACIÓN INFORMÁTICA", "FRAUDE INFORMÁTICO",
            "INTERFERENCIA EN LOS DATOS Y EN EL SISTEMA", "TOTAL grupo penal",
        ),
        ("TOTAL NACIONAL",),
        ("    2015", 2893, 10607, 2205, 172, 1306, 2644, 62038, 1193, 83058),
        ("    2014", 1851, 9559, 2212, 183, 974, 1874, 32842, 440, 49935),
    ),
    merged=("A8:J8",),
    notes=(
        "Notas:",
        "1) NIPO 126-20-021-2",
        " (*) Del año 2011 a 2014 se computan datos provenientes de la Policía  Nacional,"
        " Guardia Civil, Policía Foral de Navarra y policías locales  que proporcionan"
        " datos al Sistema Estadístico de Criminalidad, y no  se incluyen datos de la"
        " Ertzaintza ni de los Mossos d'Esquadra. A  partir de 2015 están también"
        " incluidos los datos de estos dos últimos  cuerpos policiales.",
        "",
        "Fuente: ",
        "Ministerio del Interior",
    ),
)  # fmt: skip

SPAIN_FAMILY = Sheet(
    name="tabla-0",
    titles=(
        "PORTAL ESTADÍSTICO DE CRIMINALIDAD",
        "Series anuales. Victimizaciones. Comunidades y Ciudades Autónomas",
        "",
        "Victimizaciones en el ámbito familiar por comunidades autónomas,  periodo y sexo.",
        "Unidades: victimizaciones en el ámbito familar",
    ),
    rows=(
        (" ", "Masculino", "Femenino"),
        ("TOTAL NACIONAL",),
        ("    2020", 17979, 104520),
        ("    2019", 16090, 106212),
        ("    2018", 12536, 98338),
    ),
    merged=("A8:C8",),
    notes=(
        "Notas:",
        "1) (*) Con respecto a las victimizaciones femeninas, en toda la serie  histórica"
        " se computan datos provenientes de la Policía Nacional,  Guardia Civil, Policías"
        " Autonómicas y Policías Locales que  proporcionan datos al Sistema Estadístico"
        " de Crimiinalidad.",
        " Con respecto a las victimizaciones masculinas, en toda la serie  histórica se"
        " computan datos provenientes de la Policía Nacional,  Guardia Civil,  Policía"
        " Foral de Navarra y policías locales que  proporcionan datos al Sistema"
        " Estadístico de Criminalidad. Los datos  de la Ertzaintza se incluyen a partir"
        " del año 2019, y los de los  Mossos d'Esquadra a partir de 2020.",
        "",
        "Fuente: ",
        "Ministerio del Interior",
    ),
)

FBI_BY_STATE = Sheet(
    name="16tbl03",
    titles=("Table 3", "Crime in the United States", "by State, 2016"),
    blank_rows=0,
    rows=(
        (
            "State", "Area", None, "Population", "Violent\ncrime1",
            "Murder and \nnonnegligent \nmanslaughter",
            "Rape\n(revised\ndefinition2) ", "Rape\n(legacy\ndefinition3)",
            "Property \ncrime",
        ),
        ("RHODE ISLAND6", "Metropolitan Statistical Area", None, 1056426),
        (None, None, "Area actually reporting", 1, 2489, 28, 420, 314, 19978),
        (None, "Cities outside metropolitan areas", None, "None"),
        (None, "Nonmetropolitan counties", None, "None"),
        (None, None, "Area actually reporting", 1, 35, 1, 22, 14, 80),
        (None, "State Total", None, 1056426, 2524, 29, 442, 328, 20058),
        (None, None, "Rate per 100,000 inhabitants", None, 238.9, 2.7, 41.8, 31, 1898.7),
    ),
    merged=("A5:A11", "B5:B6", "B8:B9", "B10:B11"),
    notes=(
        "1  The violent crime figures include the offenses of murder, rape (revised"
        " definition), robbery, and aggravated assault.",
        "2 The figures shown in the rape (revised definition) column were estimated using"
        " the revised Uniform Crime Reporting (UCR) definition of rape. See data"
        " declaration for further explanation.",
        "3 The figures shown in the rape (legacy definition) column were estimated using"
        " the legacy UCR definition of rape. See data declaration for further"
        " explanation.",
        "6  Agencies within this state submitted rape data according to both the revised"
        " UCR definition of rape and the legacy UCR definition of rape.  ",
        "NOTE:  Although arson data are included in the trend and clearance tables,"
        " sufficient data are not available to estimate totals for this offense."
        " Therefore, no arson data are published in this table.",
    ),
)  # fmt: skip

FBI_HATE_CRIME = Sheet(
    name="Table 1",
    titles=(
        "Table 1 ",
        "Incidents, Offenses, Victims, and Known Offenders",
        "by Bias Motivation, 2019",
    ),
    blank_rows=0,
    rows=(
        ("Bias motivation", "Incidents", "Offenses", "Victims1", "Known\noffenders2"),
        ("Total", 7314, 8559, 8812, 6406),
        ("Single-Bias Incidents", 7103, 8302, 8552, 6268),
        ("Gender", 69, 80, 81, 67),
        ("Anti-Male", 17, 18, 18, 17),
        ("Anti-Female", 52, 62, 63, 50),
        ("Multiple-Bias Incidents3", 211, 257, 260, 138),
    ),
    notes=(
        "1 The term victim may refer to an individual, business/financial institution,"
        " government entity, religious organization, or society/public as a whole.",
        "2 The term known offender does not imply the suspect's identity is known; rather,"
        " the term indicates some aspect of the suspect was identified, thus"
        " distinguishing the suspect from an unknown offender.",
        "3 A multiple-bias incident is an incident in which one or more offense types are"
        " motivated by two or more biases.",
    ),
)

ABUSE = "Sexueller Missbrauch von Kindern §§ 176, 176a, 176b StGB darunter:"
COUNTRY = "Bund echte Zählung der Tatverdächtigen"
GERMANY = Sheet(
    name="Tab01-2013_LÜ",
    blank_rows=0,
    rows=(
        (
            "Strft. Schl.", "Straftat", "Bundesland", "erfasste Fälle 2013",
            "HZ nach Zensus", "Versuche absolut", "Versuche in % ", "aufgeklärte Fälle",
            "AQ \nin %", "TV insges.", "NDTV insges.", "NDTV in %",
        ),
        ("131000", ABUSE, "Berlin", 657, 19.5, 65, 9.9, 439, 66.8, 400, 50, 12.5),
        (
            "131000", ABUSE, COUNTRY,
            12437, 15.4, 855, 6.9, 10488, 84.3, 9232, 1072, 11.6,
        ),
    ),
)  # fmt: skip
GERMANY_MACRO = Sheet(
    name="Macro1",
    blank_rows=0,
    rows=(("Macro10", "Auto_öffnen"), ("#N/A", "#N/A")),
    is_hidden=True,
)

BRAZIL_OCCURRENCES = Sheet(
    name="Ocorrências",
    blank_rows=0,
    rows=(
        ("UF", "Tipo Crime", "Ano", "Mês", "Ocorrências"),
        ("Acre", "Estupro", 2022, "janeiro", 31),
        ("Acre", "Homicídio doloso", 2022, "janeiro", 10),
        ("Acre", "Roubo de carga", 2022, "janeiro", 0),
        ("Acre", "Tentativa de homicídio", 2022, "janeiro", 22),
        ("Acre", "Estupro", 2022, "fevereiro", 34),
        ("Acre", "Estupro", 2022, "março", 57),
        ("São Paulo", "Estupro", 2022, "janeiro", 921),
    ),
)
BRAZIL_VICTIMS = Sheet(
    name="Vítimas",
    blank_rows=0,
    rows=(
        ("UF", "Tipo Crime", "Ano", "Mês", "Sexo da Vítima", "Vítimas"),
        ("Acre", "Homicídio doloso", 2022, "janeiro", "Feminino", 2),
        ("Acre", "Homicídio doloso", 2022, "janeiro", "Masculino", 8),
        ("Acre", "Homicídio doloso", 2022, "janeiro", "Sexo NI", 0),
        ("Bahia", "Homicídio doloso", 2022, "janeiro", "Masculino", 359),
        ("Bahia", "Homicídio doloso", 2022, "janeiro", "Sexo NI", 0),
    ),
)
