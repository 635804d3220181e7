"""Forty workbooks as offices send them; every figure and place in them is invented."""

from __future__ import annotations

from printing import Unknown, figures

FIRST = (
    Unknown(
        name="en_police_years",
        text="""
Exampleland Police Service
Cases reported to the police by offence, 2016 - 2019

Offence | 2016 | 2017 | 2018 | 2019
Rape of a child | 112 | 131 | 120 | 140
Defilement | 1040 | 998 | 1102 | 1201
Indecent images of children | 4 | 9 | 17 | 31
Total | 1156 | 1138 | 1239 | 1372

Source: Crime Statistics Office. Figures for 2019 are provisional.
""",
        truth=(
            figures(
                "B5:E8", period="B-E=2016+", stage="REPORTED", unit="CASE", area="XAA"
            ),
        ),
    ),
    Unknown(
        name="pt_processos_provincia",
        text="""
# Quadro 3
Exemplândia - Procuradoria-Geral
Processos instaurados por crimes contra menores, por província
(número de processos)

Província | 2017 | 2018 | 2019
Total | '1.433 | '1.503 | '1.713
Monte Alto | '812 | '840 | '901
Vale Novo | '402 | '433 | '512
Ribeira Seca | '219 | '230 | '300
... Dado não disponível.
""",
        group=".",
        truth=(
            figures("B6:D9", period="B-D=2017+", unit="CASE", area="XBE", stage="*"),
        ),
    ),
    Unknown(
        name="fr_mois_annees",
        text="""
Gendarmerie nationale - Brigade de protection des mineurs
Nombre de victimes mineures enregistrées, par mois

Mois | 2018 | 2019
Janvier | 41 | 38
Février | 37 | 45
Mars | 52 | 49
Avril | 48 | 51
Mai | 44 | 60
Juin | 39 | 47
Juillet | 30 | 28
Août | 21 | 25
Septembre | 47 | 55
Octobre | 51 | 58
Novembre | 49 | 61
Décembre | 33 | 40
Total | 492 | 557
""",
        truth=(
            figures("B5:B16", period="5-16=2018-01+", stage="RECORDED", unit="VICTIM"),
            figures("C5:C16", period="5-16=2019-01+", stage="RECORDED", unit="VICTIM"),
            figures("B17:C17", period="B-C=2018+", stage="RECORDED", unit="VICTIM"),
        ),
    ),
    Unknown(
        name="es_fiscalia_sexo",
        text="""
Fiscalía General - Unidad de delitos informáticos
Personas imputadas por delitos sexuales contra menores

Delito | 2018 | < | < | 2019 | < | <
^ | Hombres | Mujeres | Total | Hombres | Mujeres | Total
Abuso sexual | 310 | 12 | 322 | 344 | 9 | 353
Corrupción de menores | 58 | 7 | 65 | 61 | 11 | 72
Posesión de material | 90 | 1 | 91 | 133 | 4 | 137
Total | 458 | 20 | 478 | 538 | 24 | 562
""",
        truth=(
            figures(
                "B6:G9",
                period="B-D=2018 E-G=2019",
                stage="CHARGED",
                unit="PERSON",
                sex="B,E=M C,F=F D,G=_T",
            ),
        ),
    ),
    Unknown(
        name="th_court_be",
        text="""
# คดี
สถิติคดีความผิดเกี่ยวกับเพศต่อเด็ก ศาลจังหวัดตัวอย่าง
พ.ศ. 2560 - 2562

ฐานความผิด | 2560 | 2561 | 2562
กระทำชำเราเด็ก | 87 | 92 | 101
อนาจารเด็ก | 45 | 51 | 39
ครอบครองสื่อลามกอนาจารเด็ก | 3 | 8 | 12
รวม | 135 | 151 | 152
""",
        truth=(figures("B5:D8", period="B-D=2017+", unit="CASE", stage="*", area="*"),),
    ),
    Unknown(
        name="vi_khoi_to",
        text="""
# Biểu 2
Công an tỉnh Ví Dụ
Kết quả khởi tố tội xâm hại trẻ em

STT | Địa phương | Năm 2018 | < | Năm 2019 | <
^ | ^ | Số vụ | Số bị can | Số vụ | Số bị can
1 | Huyện Sông Mây | '1.204 | '1.310 | '1.187 | '1.275
2 | Huyện Núi Trăng | 88 | 95 | 102 | 111
3 | Huyện Đồi Thông | - | - | 17 | 19
 | Tổng cộng | '1.292 | '1.405 | '1.306 | '1.405
""",
        group=".",
        gaps={"-": "NOT_AVAILABLE BLANK UNKNOWN NOT_APPLICABLE"},
        truth=(
            figures(
                "C6:F9",
                period="C-D=2018 E-F=2019",
                stage="*",
                unit="C,E=CASE D,F=PERSON",
                area="*",
            ),
        ),
        asks="numbers gap",
    ),
    Unknown(
        name="km_digits",
        text="""
# ស្ថិតិ
ចំនួនករណីរំលោភបំពានផ្លូវភេទលើកុមារ

ខេត្ត | ឆ្នាំ២០១៧ | ឆ្នាំ២០១៨ | ឆ្នាំ២០១៩
ភ្នំថ្មី | '១២ | '១៥ | '១៩
ទន្លេវែង | '៧ | '៩ | '៤
សរុប | '១៩ | '២៤ | '២៣
""",
        truth=(figures("B4:D6", period="B-D=2017+", unit="CASE"),),
    ),
    Unknown(
        name="am_ethiopian",
        text="""
# ሪፖርት
የፌዴራል ፖሊስ ዓመታዊ ሪፖርት
የወንጀል ዓይነት | 2009 ዓ.ም | 2010 ዓ.ም | 2011 ዓ.ም
አስገድዶ መድፈር | 340 | 362 | 401
በሕጻናት ላይ የሚፈጸም ወሲባዊ ጥቃት | 211 | 230 | 250
ድምር | 551 | 592 | 651
""",
        truth=(
            figures(
                "B3:D5", period="B=2016-09-11/P1Y C=2017-09-11/P1Y D=2018-09-11/P1Y"
            ),
        ),
    ),
    Unknown(
        name="id_side_by_side",
        text="""
# Rekap
Rekapitulasi perkara perlindungan anak
Tahun 2018 | | | | Tahun 2019
Provinsi | Laporan | Tersangka | | Provinsi | Laporan | Tersangka
Pulau Jati | 120 | 98 | | Pulau Jati | 131 | 104
Teluk Mawar | 66 | 51 | | Teluk Mawar | 70 | 60
Jumlah | 186 | 149 | | Jumlah | 201 | 164
""",
        truth=(
            figures(
                "B4:C6 F4:G6",
                period="B-C=2018 F-G=2019",
                stage="B,F=REPORTED",
                unit="B,F=REPORT C,G=PERSON",
            ),
        ),
    ),
    Unknown(
        name="ms_sheet_per_year",
        text="""
# 2017
Kes jenayah seksual kanak-kanak
Negeri | Siasatan | Tuduh | Sabit
Bukit Emas | 210 | 88 | 41
Tanjung Biru | 150 | 60 | 22
Jumlah | 360 | 148 | 63
# 2018
Kes jenayah seksual kanak-kanak
Negeri | Siasatan | Tuduh | Sabit
Bukit Emas | 233 | 91 | 47
Tanjung Biru | 161 | 64 | 29
Jumlah | 394 | 155 | 76
""",
        truth=(
            figures(
                "B3:D5",
                period="2017=2017 2018=2018",
                stage="B=INVESTIGATED C=CHARGED D=CONVICTED",
                unit="*",
            ),
        ),
    ),
    Unknown(
        name="sw_sheet_per_region",
        text="""
# Mkoa wa Kati
Makosa dhidi ya watoto yaliyoripotiwa polisi
Kosa | 2017 | 2018 | 2019
Kubaka | 55 | 61 | 70
Kulawiti | 21 | 19 | 30
Jumla | 76 | 80 | 100
# Mkoa wa Pwani Mpya
Makosa dhidi ya watoto yaliyoripotiwa polisi
Kosa | 2017 | 2018 | 2019
Kubaka | 80 | 84 | 91
Kulawiti | 12 | 17 | 11
Jumla | 92 | 101 | 102
""",
        truth=(figures("B3:D5", period="B-D=2017+", stage="REPORTED", unit="*"),),
    ),
    Unknown(
        name="tl_kaso",
        text="""
# Talaan
Bilang ng mga kasong naitala, 2018 at 2019

Rehiyon | 2018 | 2019
Lambak Ginto | 34 | 41
Look Pilak | 12 | 9
Kabuuan | 46 | 50
""",
        truth=(figures("B4:C6", period="B-C=2018+", unit="CASE", stage="RECORDED"),),
    ),
    Unknown(
        name="ar_digits",
        text="""
# جدول
عدد القضايا المسجلة حسب السنة
المحافظة | '٢٠١٧ | '٢٠١٨ | '٢٠١٩
الوادي الجديد | '١٢ | '١٤ | '٢٠
الجبل البعيد | '٥ | '٨ | '٦
المجموع | '١٧ | '٢٢ | '٢٦
""",
        truth=(figures("B3:D5", period="B-D=2017+", unit="CASE", stage="RECORDED"),),
    ),
    Unknown(
        name="en_long_tidy",
        form="csv",
        text="""
year | quarter | sex | age_group | offence | count
2018 | Q1 | Female | 0-13 | Online grooming | 12
2018 | Q1 | Male | 0-13 | Online grooming | 3
2018 | Q2 | Female | 14-17 | Online grooming | 19
2018 | Q2 | Male | 14-17 | Online grooming | 4
2019 | Q1 | Female | 0-13 | Online grooming | 15
2019 | Q1 | Male | 14-17 | Online grooming | 6
2019 | Q2 | Female | 14-17 | Online grooming | <5
2019 | Q2 | Male | 0-13 | Online grooming | <5
""",
        truth=(
            figures(
                "F2:F9",
                period="2-3=2018-Q1 4-5=2018-Q2 6-7=2019-Q1 8-9=2019-Q2",
                sex="2,4,6,8=F 3,5,7,9=M",
            ),
        ),
    ),
    Unknown(
        name="en_hotline_dates",
        text="""
# Hotline
Reports received by the hotline

Type of content | @2019-01-01 | @2019-02-01 | @2019-03-01 | @2019-04-01 | @2019-05-01
CSAM hosted abroad | 212 | 198 | 240 | 260 | 231
CSAM hosted here | 3 | 0 | 1 | 4 | 2
Not illegal | 90 | 101 | 88 | 77 | 95
All reports | 305 | 299 | 329 | 341 | 328
""",
        truth=(
            figures("B4:F7", period="B-F=2019-01+", unit="REPORT", stage="REPORTED"),
        ),
    ),
    Unknown(
        name="en_transposed",
        text="""
Directorate of Public Prosecutions
Child sexual offences: cases by stage

Year | Cases received | Prosecuted | Convicted | Acquitted
2016 | 412 | 300 | 122 | 61
2017 | 430 | 311 | 140 | 55
2018 | 455 | 322 | 131 | 70
2019* | 210 | 140 | 52 | 20

* January to June only
""",
        truth=(
            figures(
                "B5:E7",
                period="5-7=2016+",
                stage="B=* C=PROSECUTED D=CONVICTED E=ACQUITTED",
                unit="CASE",
            ),
            figures(
                "B8:E8",
                period="*",
                stage="B=* C=PROSECUTED D=CONVICTED E=ACQUITTED",
                unit="CASE",
            ),
        ),
    ),
    Unknown(
        name="en_one_figure_a_sheet",
        text="""
# Reported
Number of cases reported in 2018 | 410
# Charged
Number of persons charged in 2018 | 150
# Convicted
Number of persons convicted in 2018 | 61
""",
        truth=(
            figures(
                "B1:B1",
                period="2018",
                stage="Reported=REPORTED Charged=CHARGED Convicted=CONVICTED",
                unit="Reported=CASE Charged=PERSON Convicted=PERSON",
            ),
        ),
    ),
    Unknown(
        name="en_april_march",
        text="""
Annual report of the Police Commissioner
Crimes against children (financial year, 1 April to 31 March)

District | 2016/17 | 2017/18 | 2018/19
Northvale | 401 | 380 | 366
Eastmoor | 122 | 131 | 118
Total | 523 | 511 | 484
""",
        truth=(figures("B5:D7", period="B-D=2016-04-01/P1Y+", stage="*", unit="*"),),
    ),
    Unknown(
        name="en_unsaid_fiscal",
        text="""
Office of the Prosecutor, annual performance
Defilement cases registered

Region | FY2016/17 | FY2017/18 | FY2018/19
Lakeside | 88 | 90 | 97
Hills | 61 | 72 | 70
Total | 149 | 162 | 167
""",
        truth=(figures("B5:D7", stage="*", unit="CASE"),),
        asks="calendar",
    ),
    Unknown(
        name="en_counts_and_rates",
        text="""
Sampleland Statistics Authority
Victims of sexual offences by year

Province | 2018 | < | < | 2019 | < | <
 | Number | Rate per 100,000 | % | Number | Rate per 100,000 | %
North | 120 | 30.5 | 60.0 | 130 | 32.1 | 61.9
South | 80 | 18.2 | 40.0 | 80 | 18.0 | 38.1
Total | 200 | 24.1 | 100.0 | 210 | 25.0 | 100.0
""",
        truth=(
            figures(
                "B6:G8",
                period="B-D=2018 E-G=2019",
                unit="VICTIM",
                stage="*",
                area="XBC",
                stat="B,E=COUNT C,F=RATE_100K D,G=PERCENT",
            ),
        ),
    ),
    Unknown(
        name="en_hidden",
        text="""
# Summary
Arrests for online offences against children
Unit | 2017 | 2018 | 2019
Capital unit | 12 | 15 | 22
{hidden}Border unit | 1 | 0 | 2
Cyber unit | 30 | 41 | 56
Total | 43 | 56 | 80
# hidden Workings
Unit | 2017 | 2018
Capital unit | 11 | 14
Cyber unit | 29 | 40
""",
        truth=(
            figures("Summary!B3:D6", period="B-D=2017+", stage="ARRESTED", unit="*"),
            figures("hidden Workings!B2:C3", period="B-C=2017+", stage="*", unit="*"),
        ),
    ),
    Unknown(
        name="en_text_numbers",
        text="""
Child helpline: cases referred to police, by county

County | '2017 | '2018 | '2019
Alder | '1,204 | '1,310 | '998
Birch | '55 | - | '61
Cedar | '<5 | '<5 | '7
Dogwood | n/a | '12 | '...
Total | '1,262 | '1,325 | '1,066
""",
        group=",",
        gaps={
            "-": "NOT_AVAILABLE BLANK UNKNOWN NOT_APPLICABLE",
            "n/a": "NOT_AVAILABLE NOT_APPLICABLE",
            "...": "NOT_AVAILABLE UNKNOWN NOT_RECORDED",
        },
        truth=(figures("B4:D8", period="B-D=2017+", stage="REFERRED", unit="CASE"),),
        asks="gap",
    ),
    Unknown(
        name="fr_spacers",
        text="""
Tableau 4. Personnes condamnées pour infractions sexuelles sur mineurs

 | Infraction | | Total | | 2017 | | 2018 | | 2019

 | Viol | | =SUM(F5:J5)=>171 | | 50 | | 60 | | 61
 | Agression sexuelle | | =SUM(F6:J6)=>306 | | 101 | | 99 | | 106
 | Pédopornographie | | =SUM(F7:J7)=>28 | | 6 | | 10 | | 12

 | Ensemble | | =SUM(D5:D7)=>505 | | 157 | | 169 | | 179
""",
        truth=(
            figures(
                "F5:J9",
                period="F=2017 H=2018 J=2019",
                stage="CONVICTED",
                unit="PERSON",
            ),
            figures("D5:D9", period="*", stage="CONVICTED", unit="PERSON"),
        ),
    ),
    Unknown(
        name="pt_html",
        form="html",
        text="""
Inquéritos abertos por ano
Crime | 2017 | 2018 | 2019
Abuso sexual de crianças | 310 | 322 | 341
Pornografia de menores | 14 | 22 | 45
Total | 324 | 344 | 386
""",
        truth=(figures("B3:D5", period="B-D=2017+", stage="INVESTIGATED", unit="*"),),
    ),
    Unknown(
        name="en_docx",
        form="docx",
        text="""
Reply of the Ministry of Justice to the questionnaire
Table 1: Persons convicted of online child sexual exploitation
Sex of convicted person | 2017 | 2018 | 2019
Male | 14 | 18 | 25
Female | 1 | 0 | 2
Total | 15 | 18 | 27
""",
        truth=(
            figures(
                "B4:D6",
                period="B-D=2017+",
                stage="CONVICTED",
                unit="PERSON",
                sex="4=M 5=F 6=_T",
            ),
        ),
    ),
    Unknown(
        name="en_pdf",
        form="pdf",
        text="""
Bureau of Investigation
Child trafficking victims rescued
Region | 2016 | 2017 | 2018
Riverland | 20 | 33 | 41
Seaside | 8 | 12 | 19
Total | 28 | 45 | 60
""",
        truth=(figures("B4:D6", period="B-D=2016+", stage="*", unit="VICTIM"),),
    ),
    Unknown(
        name="es_xls",
        form="xls",
        text="""
# Denuncias
Policía Nacional - Denuncias por explotación sexual infantil
Departamento | Ene-Jun 2019 | Jul-Dic 2019 | Total 2019
Valle Claro | 31 | 29 | 60
Costa Verde | 12 | 18 | 30
Total | 43 | 47 | 90
""",
        truth=(
            figures(
                "B3:D5",
                period="B=2019-S1 C=2019-S2 D=2019",
                stage="REPORTED",
                unit="*",
            ),
        ),
    ),
    Unknown(
        name="en_ods_wrapped",
        form="ods",
        text="""
# Table A
Juvenile court, children in contact with the law

Court | Cases\\nfiled\\n2018 | Cases\\nclosed\\n2018 | Cases\\nfiled\\n2019 | Cases\\nclosed\\n2019
Old Town | 44 | 40 | 51 | 47
New Town | 31 | 35 | 29 | 30
All courts | 75 | 75 | 80 | 77
""",
        truth=(figures("B4:E6", period="B-C=2018 D-E=2019", unit="CASE", stage="*"),),
    ),
    Unknown(
        name="pt_csv_latin",
        form="csv",
        options={"delimiter": ";", "encoding": "cp1252"},
        text="""
Ano | Província | Crime | Situação | N.º de casos
2018 | Monte Alto | Violação | Registado | '1.204
2018 | Vale Novo | Violação | Registado | 88
2018 | Monte Alto | Violação | Acusação | 310
2019 | Monte Alto | Violação | Registado | '1.187
2019 | Vale Novo | Violação | Condenação | 17
2019 | Vale Novo | Aliciamento de menores | Registado | 3
""",
        group=".",
        truth=(
            figures(
                "E2:E7",
                period="2-4=2018 5-7=2019",
                stage="2,3,5,7=RECORDED 4=CHARGED 6=CONVICTED",
                unit="CASE",
            ),
        ),
    ),
    Unknown(
        name="en_thousands",
        text="""
Cyber reports received (in thousands)

Source | 2017 | 2018 | 2019
Platforms | 10.2 | 18.4 | 16.9
Public | 0.3 | 0.5 | 0.4
Total | 10.5 | 18.9 | 17.3
""",
        truth=(figures("B4:D6", period="B-D=2017+", unit="REPORT", stage="REPORTED"),),
        asks="numbers",
    ),
    Unknown(
        name="en_three_headers",
        text="""
Victims identified by the cyber unit

Age group | 2018 | < | < | < | 2019 | < | < | <
^ | Q1 | < | Q2 | < | Q1 | < | Q2 | <
^ | Girls | Boys | Girls | Boys | Girls | Boys | Girls | Boys
Under 13 | 5 | 2 | 6 | 1 | 9 | 3 | 4 | 2
13-17 | 11 | 4 | 12 | 3 | 14 | 5 | 10 | 6
Total | 16 | 6 | 18 | 4 | 23 | 8 | 14 | 8
""",
        truth=(
            figures(
                "B6:I8",
                period="B-C=2018-Q1 D-E=2018-Q2 F-G=2019-Q1 H-I=2019-Q2",
                unit="VICTIM",
                stage="VICTIM_IDENTIFIED",
                sex="B,D,F,H=F C,E,G,I=M",
            ),
        ),
    ),
    Unknown(
        name="en_units_row",
        text="""
Clearance of sexual offences, 2019

Force | Offences | Cleared up | Clearance rate
 | number | number | %
Hillshire | 120 | 60 | 50.0
Daleshire | 80 | 20 | 25.0
All forces | 200 | 80 | 40.0
""",
        truth=(
            figures(
                "B5:D7",
                period="2019",
                stage="*",
                unit="B=OFFENCE C=* D=*",
                stat="B,C=COUNT D=PERCENT",
            ),
        ),
    ),
    Unknown(
        name="en_footnote_marks",
        text="""
Table 7: Suspects arrested for child sexual abuse material

Police region | 2017¹ | 2018 | 2019ᵖ
Upper | 31 | 44* | 40
Lower | 12 | 9 | 15
Total | 43 | 53* | 55

¹ New counting rule from 2017.
* Revised.
ᵖ Provisional.
""",
        truth=(figures("B4:D6", period="B-D=2017+", stage="ARRESTED", unit="PERSON"),),
    ),
    Unknown(
        name="en_two_stacked",
        text="""
Annex 2
Table 2.1 Offences recorded
Offence | 2018 | 2019
Grooming | 31 | 55
Possession of images | 90 | 120
Total | 121 | 175

Table 2.2 Persons charged
Offence | 2018 | 2019
Grooming | 12 | 20
Possession of images | 44 | 61
Total | 56 | 81
""",
        truth=(
            figures("B4:C6", period="B-C=2018+", stage="RECORDED", unit="OFFENCE"),
            figures("B10:C12", period="B-C=2018+", stage="CHARGED", unit="PERSON"),
        ),
    ),
    Unknown(
        name="es_tidy",
        text="""
# Datos
año | provincia | delito | sexo | casos
2017 | Valle Claro | Abuso sexual | Mujer | 41
2017 | Valle Claro | Abuso sexual | Hombre | 12
2018 | Costa Verde | Abuso sexual | Mujer | 39
2018 | Costa Verde | Abuso sexual | Hombre | 8
2019 | Costa Verde | Grooming | Mujer | 5
2019 | Valle Claro | Grooming | Hombre | 2
""",
        truth=(
            figures(
                "E2:E7",
                period="2-3=2017 4-5=2018 6-7=2019",
                sex="2,4,6=F 3,5,7=M",
                unit="CASE",
            ),
        ),
    ),
    Unknown(
        name="en_un_desk",
        text="""
Responses of Member States, reference year 2018

Country | Offences recorded | Persons prosecuted | Persons convicted | Remarks
Exampleland | 312 | 100 | 44 | -
Sampleland | 90 | 41 | 20 | incl. attempts
Modelia | 55 | .. | 9 | courts did not answer
""",
        gaps={"..": "NOT_AVAILABLE NOT_PROVIDED UNKNOWN"},
        truth=(
            figures(
                "B4:D6",
                period="2018",
                area="4=XAA 5=XBC 6=XMA",
                stage="B=RECORDED C=PROSECUTED D=CONVICTED",
                unit="B=OFFENCE C,D=PERSON",
            ),
        ),
    ),
    Unknown(
        name="en_ngo_ages",
        text="""
Child Care Network: children assisted in 2018, by age

Centre | 0-4 | 5-9 | 10-14 | 15-17 | Total
Harbour house | 3 | 8 | 21 | 30 | 62
Green house | 1 | 5 | 14 | 22 | 42
Total | 4 | 13 | 35 | 52 | 104
""",
        truth=(figures("B4:F6", period="2018", unit="*", stage="*"),),
    ),
    Unknown(
        name="en_court_flow",
        text="""
Magistrates' courts, sexual offences against minors, calendar year 2019

Court | Pending 1 January | Filed | Disposed | Pending 31 December
Harbour | 120 | 88 | 90 | 118
Market | 61 | 40 | 52 | 49
Total | 181 | 128 | 142 | 167
""",
        truth=(
            figures(
                "B4:E6",
                period="B=* C-D=2019 E=*",
                stage="B,E=PENDING C,D=*",
                unit="*",
            ),
        ),
    ),
    Unknown(
        name="en_merged_down",
        text="""
Survivors registered by the shelters

Province | Sex | 2018 | 2019
North Shore | Female | 41 | 50
^ | Male | 5 | 8
^ | Total | 46 | 58
South Shore | Female | 30 | 28
^ | Male | 4 | 6
^ | Total | 34 | 34
""",
        truth=(
            figures(
                "C4:D9",
                period="C-D=2018+",
                sex="4,7=F 5,8=M 6,9=_T",
                unit="*",
                stage="*",
            ),
        ),
    ),
    Unknown(
        name="th_months",
        text="""
# รายเดือน
จำนวนคดีที่รับแจ้ง ประจำปี พ.ศ. 2562

หน่วยงาน | ม.ค. | ก.พ. | มี.ค. | เม.ย. | พ.ค. | มิ.ย. | รวม
ภาคเหนือ | 4 | 6 | 3 | 5 | 8 | 2 | 28
ภาคใต้ | 1 | 0 | 2 | 3 | 1 | 4 | 11
รวม | 5 | 6 | 5 | 8 | 9 | 6 | 39
""",
        truth=(
            figures(
                "B4:G6", period="B-G=2019-01+", unit="CASE", stage="REPORTED", area="*"
            ),
            figures("H4:H6", period="*", unit="CASE", stage="REPORTED", area="*"),
        ),
    ),
    Unknown(
        name="en_sections_status",
        text="""
# Sheet A
Exampleland Judiciary - statistics on defilement

Court station | 2017 | 2018
Cases filed
Kano Hill | 40 | 44
Moto Plain | 31 | 28
Persons convicted
Kano Hill | 12 | 15
Moto Plain | 9 | 7
""",
        truth=(
            figures("B5:C6", period="B-C=2017+", stage="*", unit="CASE", area="XAA"),
            figures(
                "B8:C9",
                period="B-C=2017+",
                stage="CONVICTED",
                unit="PERSON",
                area="XAA",
            ),
        ),
    ),
    Unknown(
        name="en_ambiguous_marks",
        text="""
Reports from abroad, by month of receipt, 2019

Month | Reports
January | '1,204
February | '1,310
March | '2,118
""",
        group=",",
        truth=(
            figures(
                "B4:B6",
                period="4=2019-01 5=2019-02 6=2019-03",
                unit="REPORT",
                stage="REPORTED",
            ),
        ),
        asks="numbers",
    ),
)
