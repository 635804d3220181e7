"""Sheets of invented countries in scripts of their own: Ethiopic, Thai and Khmer."""

from __future__ import annotations

from workbook_sheet import Sheet

# Ethiopian calendar, fiscal year Hamle to Sene, Ethiopic numerals in some years.
NOT_IN_LAW, NO_DATA_AM = "በሕግ አልተደነገገም", "መረጃ የለም"
IMAGES_AM, LURING_AM, ALL_AM = (
    "የሕፃናት ወሲባዊ ምስሎች", "ሕፃናትን በኢንተርኔት ማባበል", "ጠቅላላ ድምር"
)  # fmt: skip
RECORDED_AM, CHARGED_AM, CONVICTED_AM = (
    "የተመዘገቡ ጉዳዮች", "ክስ የተመሰረተባቸው ሰዎች", "ጥፋተኛ የተባሉ ሰዎች"
)  # fmt: skip
MISALE_CASES = Sheet(
    name="ጉዳዮች",
    titles=(
        "የተፈጠሩ አኃዞች - የምሳሌ ሀገር ፌዴራል ፖሊስ (INVENTED FIGURES)",
        "በኢንተርኔት አማካኝነት በሕፃናት ላይ የሚፈጸም ወሲባዊ ብዝበዛና ጥቃት፤ በበጀት ዓመት",
    ),
    rows=(
        (
            "ተ.ቁ", "የወንጀል ዓይነት", "ደረጃ", "መለኪያ", "፳፻፱ በጀት ዓመት", "2010 በጀት ዓመት",
            "፳፻፲፩ በጀት ዓመት", "2012 በጀት ዓመት", "ማስታወሻ",
        ),
        (1, IMAGES_AM, RECORDED_AM, "ጉዳይ", 41, 52, 63, 58, None),
        (2, None, CHARGED_AM, "ሰው", 22, 30, 37, NO_DATA_AM, None),
        (3, None, CONVICTED_AM, "ሰው", 12, 17, 21, NO_DATA_AM, None),
        (4, LURING_AM, RECORDED_AM, "ጉዳይ", NOT_IN_LAW, NOT_IN_LAW, 7, 9,
         "ከሐምሌ 1 ቀን 2010 ዓ.ም ጀምሮ ወንጀል ነው"),
        (5, None, CHARGED_AM, "ሰው", NOT_IN_LAW, NOT_IN_LAW, 3, 2, None),
        (6, None, CONVICTED_AM, "ሰው", NOT_IN_LAW, NOT_IN_LAW, 1, None, None),
        (None, ALL_AM, RECORDED_AM, "ጉዳይ", 41, 52, 70, 67, None),
        (None, None, CHARGED_AM, "ሰው", 22, 30, 40, NO_DATA_AM, None),
        (None, None, CONVICTED_AM, "ሰው", 12, 17, 22, NO_DATA_AM, None),
    ),
    merged=("B5:B7", "B8:B10", "B11:B13"),
    notes=("የበጀት ዓመት፦ ከሐምሌ 1 እስከ ሰኔ 30።", f"{NO_DATA_AM}፦ ክልሎች ገና አላቀረቡም።"),
)  # fmt: skip
MISALE_CHILDREN = Sheet(
    name="ተጎጂ ሕፃናት",
    titles=(
        "የተፈጠሩ አኃዞች - የምሳሌ ሀገር ፌዴራል ፖሊስ (INVENTED FIGURES)",
        "ተለይተው የታወቁ ተጎጂ ሕፃናት፣ የ2011 በጀት ዓመት፣ በወር",
    ),
    rows=(
        ("ወር", "ሴት", "ወንድ", "ድምር"),
        ("ሐምሌ 2010", 3, 1, 4),
        ("ነሐሴ 2010", 2, 0, 2),
        ("ጳጉሜን 2010", 0, 0, 0),
        ("መስከረም ፳፻፲፩", 4, 2, 6),
        ("ጥቅምት ፳፻፲፩", 5, 1, 6),
        ("ኅዳር ፳፻፲፩", 1, 1, 2),
        ("ታኅሣሥ ፳፻፲፩", 3, 0, 3),
        ("ጥር ፳፻፲፩", 2, 2, 4),
        ("የካቲት ፳፻፲፩", 6, 1, 7),
        ("መጋቢት ፳፻፲፩", 4, 3, 7),
        ("ሚያዝያ ፳፻፲፩", NO_DATA_AM, NO_DATA_AM, NO_DATA_AM),
        ("ግንቦት ፳፻፲፩", 3, 1, 4),
        ("ሰኔ ፳፻፲፩", 5, 2, 7),
        ("የዓመቱ ድምር", 38, 14, 52),
    ),
    notes=("የሚያዝያ ወር አኃዝ አልቀረበም።",),
)

# Buddhist years, Thai labels and digits, two rows of headings.
STAGES_TH = ("รับแจ้ง (คดี)", "จับกุม (คน)", "ฟ้อง (คน)") * 3
TUAYANG_CASES = Sheet(
    name="คดีและผู้ต้องหา",
    titles=(
        "ตัวเลขสมมุติ - ประเทศตัวอย่าง (INVENTED FIGURES)",
        "ตารางที่ ๑ คดีล่วงละเมิดทางเพศเด็กทางอินเทอร์เน็ต จำแนกตามภาค พ.ศ. ๒๕๖๐-๒๕๖๒",
    ),
    rows=(
        (
            "ภาค", "พ.ศ. ๒๕๖๐", None, None, "พ.ศ. ๒๕๖๑", None, None,
            "พ.ศ. ๒๕๖๒", None, None,
        ),
        (None, *STAGES_TH),
        ("ภาคกลาง", "๑,๐๒๔", "๓๑๒", "๒๙๐", "๑,๑๙๘", "๓๔๕", "๓๐๑", "๑,๓๕๐", "๔๐๒", "๓๓๓"),
        ("ภาคเหนือ", "๒๑๖", "๖๔", "๕๘", "๒๓๐", "๗๐", "๖๑", "๒๕๑", "๗๗", "ไม่มีข้อมูล"),
        ("ภาคตะวันออกเฉียงเหนือ", "๓๐๘", "๘๘", "๘๐", "๓๓๑", "๙๑", "๘๔", "๓๔๗", "๑๐๑", "๙๐"),
        ("ภาคใต้¹", "๑๕๒", "๔๑", "๓๗", "๑๖๐", "-", "-", "๑๗๑", "๔๙", "๔๒"),
        ("รวมทั้งประเทศ", "๑,๗๐๐", "๕๐๕", "๔๖๕", "๑,๙๑๙", "๕๐๖", "๔๔๖", "๒,๑๑๙", "๖๒๙",
         "ไม่มีข้อมูล"),
    ),
    merged=("A4:A5", "B4:D4", "E4:G4", "H4:J4"),
    notes=("¹ ไม่รวมสถานีตำรวจน้ำ", "- หมายถึง ไม่มีการจับกุมหรือฟ้อง (ศูนย์)"),
)  # fmt: skip
ALL_TH, FEMALE_TH, MALE_TH = "รวม", "หญิง", "ชาย"
TUAYANG_CHILDREN = Sheet(
    name="ผู้เสียหาย",
    titles=(
        "ตัวเลขสมมุติ - ประเทศตัวอย่าง (INVENTED FIGURES)",
        "ตารางที่ ๒ เด็กผู้เสียหายที่ระบุตัวได้ จำแนกตามเพศและอายุ",
    ),
    rows=(
        ("ปี พ.ศ.", "เพศ", "๐-๑๒ ปี", "๑๓-๑๗ ปี", "ไม่ทราบอายุ", "รวม"),
        ("๒๕๖๑", FEMALE_TH, "๓๓", "๗๒", "๔", "๑๐๙"),
        (None, MALE_TH, "๑๕", "๒๐", "๑", "๓๖"),
        (None, ALL_TH, "๔๘", "๙๒", "๕", "๑๔๕"),
        ("๒๕๖๒", FEMALE_TH, "๔๑", "๘๘", "๒", "๑๓๑"),
        (None, MALE_TH, "๑๘", "๒๖", "๐", "๔๔"),
        (None, ALL_TH, "๕๙", "๑๑๔", "๒", "๑๗๕"),
    ),
    merged=("A5:A7", "A8:A10"),
)

# Khmer labels and digits, Buddhist Era, the last year up to October.
IMAGES_KM, LURING_KM, ALL_KM = "រូបភាពរំលោភផ្លូវភេទកុមារ", "ការលួងលោមកុមារតាមអ៊ីនធឺណិត", "សរុប"
UTEAHAR = Sheet(
    name="ស្ថិតិ",
    titles=(
        "តួលេខប្រឌិត - ប្រទេសឧទាហរណ៍ (INVENTED FIGURES)",
        "ការកេងប្រវ័ញ្ចផ្លូវភេទកុមារតាមអ៊ីនធឺណិត",
        "ទិន្នន័យគិតត្រឹមថ្ងៃទី ៣១ តុលា ២៥៦១",
    ),
    rows=(
        ("ល.រ", "បទល្មើស", "ព.ស. ២៥៥៩", "ព.ស. ២៥៦០", "មករា-តុលា ព.ស. ២៥៦១", "ផ្សេងៗ"),
        (None, "ករណីបានទទួល"),
        ("១", IMAGES_KM, "១១២", "១៤៨", "១៣១", None),
        ("២", LURING_KM, "គ្មានទិន្នន័យ", "២៣", "២៩", None),
        (None, ALL_KM, "១១២", "១៧១", "១៦០", "ព.ស. ២៥៥៩ មិនរាប់ការលួងលោម"),
        (None, "ជនសង្ស័យត្រូវឃាត់ខ្លួន"),
        ("១", IMAGES_KM, "៣១", "៤០", "៣៥", None),
        ("២", LURING_KM, "គ្មានទិន្នន័យ", "៦", "៨", None),
        (None, ALL_KM, "៣១", "៤៦", "៤៣", None),
        (None, "កុមាររងគ្រោះត្រូវបានកំណត់អត្តសញ្ញាណ"),
        ("១", IMAGES_KM, "៥៤", "៧០", "១,០៦២", "រួមបញ្ចូលករណីធំមួយ"),
        ("២", LURING_KM, "គ្មានទិន្នន័យ", None, "៩", None),
        (None, ALL_KM, "៥៤", "៧០", "១,០៧១", None),
    ),
    notes=("គ្មានទិន្នន័យ៖ មិនទាន់ប្រមូល",),
)
