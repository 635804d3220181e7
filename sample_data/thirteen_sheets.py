"""Sheets of national offices of the thirteen countries: published figures only.

Each is in the language, digits and marks in which its office prints. What no source
gives stands as the office's word for a gap.
"""

from __future__ import annotations

from workbook_sheet import Sheet

INDONESIA_KPAI = Sheet(
    name="KPAI",
    titles=(
        "Komisi Perlindungan Anak Indonesia (KPAI)",
        "Kasus anak terkait pornografi, menurut tahun",
    ),
    rows=(
        ("Jenis kasus", "2017", "2018", "2019"),
        ("Pornografi anak", "608", "679", "-"),
    ),
    notes=("-: data tidak tersedia.",),
)

CAMBODIA = Sheet(
    name="ជួញដូរមនុស្ស",
    titles=(
        "គណៈកម្មាធិការជាតិប្រយុទ្ធប្រឆាំងអំពើជួញដូរមនុស្ស (គ.ជ.ប.ជ)",
        "ករណីជួញដូរមនុស្ស ខែមករា ដល់ ខែតុលា / Human trafficking cases, January to October",
    ),
    rows=(
        ("រយៈពេល / Period", "ចំនួនករណី / Cases"),
        ("មករា-តុលា ឆ្នាំ២០១៧", "១២៩"),
        ("មករា-តុលា ឆ្នាំ២០១៨", "១០៩"),
    ),
    notes=("ទិន្នន័យពីស្ថាប័ននគរបាល ១៧ / Data from 17 police institutions.",),
)

MOZAMBIQUE = Sheet(
    name="Violência sexual",
    titles=(
        "Procuradoria-Geral da República",
        "Processos-crime instaurados por violência sexual",
    ),
    rows=(
        ("Tipo de crime", "2017", "2018"),
        ("Violência sexual", "1.756", "1.843"),
        ("Violação de menores de 12 anos", "n.d.", "673"),
    ),
    notes=("n.d.: não disponível.",),
)

MALAYSIA_CASES = Sheet(
    name="Akta 792",
    titles=(
        "Jawapan Parlimen, 2023",
        "Akta Kesalahan-Kesalahan Seksual Terhadap Kanak-Kanak 2017 (Akta 792)",
    ),
    rows=(
        ("Perkara", "Januari 2018 - Januari 2023"),
        ("Kes dilaporkan", "5,519"),
        ("Kes diselesaikan", "4,713"),
        ("Kes didakwa di mahkamah", "3,060"),
    ),
)
MALAYSIA_PORNOGRAPHY = Sheet(
    name="Pornografi kanak-kanak",
    titles=(
        "Polis Diraja Malaysia",
        "Kertas siasatan pornografi kanak-kanak yang dibuka",
    ),
    rows=(("Jenis kes", "2018-2022"), ("Pornografi kanak-kanak", "4,832")),
)
FLAGGED, KEPT = "Alamat IP ditandakan", "Alamat IP dipilih untuk bukti"
TO_NOVEMBER = "1 Januari 2018 hingga 27 November 2023"
MALAYSIA_ADDRESSES = Sheet(
    name="Alamat IP",
    titles=(
        "Bahagian Siasatan Seksual, Wanita dan Kanak-Kanak (D11)",
        "Alamat IP yang disyaki",
    ),
    rows=(
        ("Perkara", "Tempoh", "Bilangan alamat IP"),
        (FLAGGED, "Januari 2018 - Januari 2023", "136,993"),
        (FLAGGED, TO_NOVEMBER, "248,166"),
        (KEPT, TO_NOVEMBER, "25,243"),
    ),
)

NAMIBIA_OFFENCES = Sheet(
    name="Sexual violence",
    titles=(
        "United Nations Crime Trends Survey: Namibia",
        "Recorded offences of sexual violence, victims of all ages",
    ),
    rows=(
        ("Code", "Category", "2018", "2019"),
        ("NA", "Sexual violence", "1 144", "1 135"),
        ("NA", "Sexual violence: Rape", "1 126", "1 110"),
        ("NA", "Sexual violence: Sexual assault", "8", "9"),
        ("NA", "Sexual violence: Other acts of sexual violence", "10", "16"),
    ),
)
NAMIBIA_VICTIMS = Sheet(
    name="Trafficking",
    titles=(
        "Global Report on Trafficking in Persons: Namibia",
        "Detected victims of trafficking in persons",
    ),
    rows=(
        ("Code", "Form of exploitation", "Year", "Total", "0 to 17 years", "18 and over"),
        ("NA", "All", 2017, "22", "12", "10"),
        ("NA", "All", 2018, "19", "18", "18"),
        ("NA", "All", 2019, "31", "22", "9"),
        ("NA", "Sexual exploitation", 2017, "6", "5", "<5"),
        ("NA", "Sexual exploitation", 2018, "7", "7", "<5"),
        ("NA", "Sexual exploitation", 2019, "<5", "<5", "<5"),
    ),
    notes=("<5: fewer than five, not published.",),
)  # fmt: skip

UGANDA_2019 = Sheet(
    name="Defilement",
    titles=("Uganda Police Force", "Annual Crime Report 2019", "Published 28/04/2020"),
    rows=(
        ("Offence", 2017, 2018, 2019),
        ("Defilement, all forms", 15366, 17521, 13682),
    ),
)
UGANDA_2020 = Sheet(
    name="Defilement",
    titles=("Uganda Police Force", "Annual Crime Report 2020", "Published 19/04/2021"),
    rows=(
        ("Offence", 2019, 2020),
        ("Defilement", "not printed", 10413),
        ("Aggravated defilement", "not printed", 3721),
        ("Defilement, all forms", 13613, 14134),
    ),
)
UGANDA_OUTCOMES = Sheet(
    name="Outcomes",
    titles=("Uganda Police Force", "Annual Crime Report 2020", "What became of cases"),
    rows=(
        ("Defilement, all forms", "Counted as", 2020),
        ("Victims", "victims", 14230),
        ("Suspects charged", "persons", 5943),
        ("Suspects awaiting trial", "persons", 4907),
        ("Persons convicted", "persons", 845),
        ("Taken to court", "cases", 5745),
        ("Pending in court", "cases", 4761),
        ("Conviction secured", "cases", 794),
    ),
    notes=("The victims include 10 adult women.",),
)

GAP = "…"
VIET_NAM = Sheet(
    name="Xâm hại trẻ em",
    titles=(
        "Bộ Công an",
        "Tình hình xâm hại trẻ em và xâm hại tình dục trẻ em",
    ),
    rows=(
        ("Chỉ tiêu", "Đơn vị", "2014-2016", "6 tháng đầu năm 2017", "Năm 2018",
         "Quý I/2019"),
        ("Xâm hại trẻ em", "vụ", GAP, GAP, "1.547", GAP),
        ("Xâm hại tình dục trẻ em", "vụ", "hơn 4.100", "696", "1.293", "253"),
        ("Khởi tố về xâm hại tình dục trẻ em", "vụ", GAP, GAP, GAP, "234"),
        ("Đối tượng xâm hại tình dục trẻ em", "người", GAP, GAP, GAP, "241"),
    ),
    notes=("…: không có số liệu.",),
)  # fmt: skip

KENYA_PERSONS = Sheet(
    name="Persons reported",
    titles=(
        "Kenya National Bureau of Statistics, Economic Survey 2021",
        "Persons reported to have committed offences",
    ),
    rows=(
        ("Offence", 2019, 2020),
        ("Offences against morality", 7064, "not quoted"),
        ("Defilement", 5397, 6801),
    ),
)

THAILAND_TIP_OFFS = Sheet(
    name="เบาะแส",
    titles=(
        "ศูนย์ TICAC: เบาะแสที่ได้รับ / Tip-offs received by TICAC",
        "สะสม / Cumulative",
    ),
    rows=(
        ("รายการ / Item", "จำนวน / Number"),
        ("เบาะแสทั้งหมด / All tip-offs", "๑๘๓"),
        ("เบาะแสจากต่างประเทศ / Tip-offs from abroad", "๑๒๔"),
        ("ผู้ต้องสงสัย / Suspects identified", "อย่างน้อย ๕๗"),
    ),
    notes=("1 ม.ค. 2559 - 31 ต.ค. 2560",),
)

WORKBOOKS = {
    "idn_kpai_pornography/kasus-pornografi.xlsx": (INDONESIA_KPAI,),
    "khm_ncct_trafficking/ncct-january-october.xlsx": (CAMBODIA,),
    "moz_pgr_processes/processos-crime.xlsx": (MOZAMBIQUE,),
    "mys_act_792/akta-792.xlsx": (
        MALAYSIA_CASES,
        MALAYSIA_PORNOGRAPHY,
        MALAYSIA_ADDRESSES,
    ),
    "nam_unodc_answers/namibia.xlsx": (NAMIBIA_OFFENCES, NAMIBIA_VICTIMS),
    "uga_acr_defilement_2019/annual-crime-report-2019.xlsx": (UGANDA_2019,),
    "uga_acr_defilement/annual-crime-report-2020.xlsx": (UGANDA_2020, UGANDA_OUTCOMES),
    "vnm_mps_child_abuse/xam-hai-tre-em.xlsx": (VIET_NAM,),
    "ken_knbs_persons_reported/economic-survey.xlsx": (KENYA_PERSONS,),
    "tha_ticac_tip_offs/tip-offs.xlsx": (THAILAND_TIP_OFFS,),
}
