"""The form of the INTERPOL case-data request, in the languages of those who fill it in.

Figures of real countries are published ones; where none was found, the cell says so.
"""

from __future__ import annotations

from typing import NamedTuple

from workbook_sheet import Cell

Row = tuple[Cell, ...]
N_STAGES = 5


class Language(NamedTuple):
    """The printed words of the form in one language."""

    title: str
    request: str
    country: str
    bureau: str
    stage: str
    unit: str
    conduct: str
    years: tuple[str, str, str]
    remarks: str
    stages: tuple[str, str, str, str, str]
    not_stated: str
    not_known: str


ENGLISH = Language(
    title="Online child sexual exploitation and abuse: case data",
    request="Data requested from the National Central Bureau for 2017 to 2019",
    country="Country",
    bureau="National Central Bureau",
    stage="Stage",
    unit="Counted as",
    conduct="Conduct covered",
    years=("2017", "2018", "2019"),
    remarks="Remarks",
    stages=(
        "Cases recorded",
        "Investigations opened",
        "Charges brought",
        "Prosecutions",
        "Convictions",
    ),
    not_stated="not stated",
    not_known="not known",
)

PORTUGUESE = Language(
    title="Exploração e abuso sexual de crianças em linha: dados sobre casos",
    request="Dados pedidos ao Gabinete Central Nacional para 2017 a 2019",
    country="País",
    bureau="Gabinete Central Nacional",
    stage="Fase",
    unit="Unidade de contagem",
    conduct="Conduta abrangida",
    years=("2017", "2018", "2019"),
    remarks="Observações",
    stages=(
        "Casos registados",
        "Investigações abertas",
        "Acusações deduzidas",
        "Processos em tribunal",
        "Condenações",
    ),
    not_stated="não indicado",
    not_known="desconhecido",
)

AMHARIC = Language(
    title="በኢንተርኔት አማካኝነት በሕፃናት ላይ የሚፈጸም ወሲባዊ ብዝበዛና ጥቃት / Online child sexual"
    " exploitation and abuse",
    request="ከ2017 እስከ 2019 (እ.ኤ.አ.) / 2017 to 2019 (Gregorian calendar)",
    country="አገር / Country",
    bureau="ብሔራዊ ማዕከላዊ ቢሮ / National Central Bureau",
    stage="ደረጃ / Stage",
    unit="መለኪያ / Counted as",
    conduct="የሚሸፍነው ድርጊት / Conduct covered",
    years=("2017 እ.ኤ.አ.", "2018 እ.ኤ.አ.", "2019 እ.ኤ.አ."),
    remarks="ማስታወሻ / Remarks",
    stages=(
        "የተመዘገቡ ጉዳዮች / Cases recorded",
        "የተጀመሩ ምርመራዎች / Investigations opened",
        "የተመሰረቱ ክሶች / Charges brought",
        "ለፍርድ የቀረቡ / Prosecutions",
        "የጥፋተኝነት ውሳኔዎች / Convictions",
    ),
    not_stated="አልተገለጸም / not stated",
    not_known="አይታወቅም / not known",
)

THAI = Language(
    title="การแสวงหาประโยชน์และการล่วงละเมิดทางเพศต่อเด็กทางออนไลน์: ข้อมูลคดี",
    request="ข้อมูลที่ขอจากสำนักงานกลางแห่งชาติ พ.ศ. 2560-2562",
    country="ประเทศ",
    bureau="สำนักงานกลางแห่งชาติ",
    stage="ขั้นตอน",
    unit="หน่วยนับ",
    conduct="การกระทำที่ครอบคลุม",
    years=("พ.ศ. 2560", "พ.ศ. 2561", "พ.ศ. 2562"),
    remarks="หมายเหตุ",
    stages=(
        "คดีที่บันทึก",
        "การสอบสวนที่เริ่ม",
        "การแจ้งข้อหา",
        "การฟ้องต่อศาล",
        "คำพิพากษาลงโทษ",
    ),
    not_stated="ไม่ได้ระบุ",
    not_known="ไม่ทราบ",
)

VIETNAMESE = Language(
    title="Bóc lột và xâm hại tình dục trẻ em trên mạng: số liệu vụ việc",
    request="Số liệu đề nghị Văn phòng Trung ương Quốc gia cung cấp, năm 2017 đến 2019",
    country="Quốc gia",
    bureau="Văn phòng Trung ương Quốc gia",
    stage="Giai đoạn",
    unit="Đơn vị tính",
    conduct="Hành vi được tính",
    years=("Năm 2017", "Năm 2018", "Năm 2019"),
    remarks="Ghi chú",
    stages=(
        "Vụ việc được ghi nhận",
        "Điều tra được mở",
        "Khởi tố bị can",
        "Truy tố",
        "Kết án",
    ),
    not_stated="không nêu",
    not_known="không rõ",
)

KHMER = Language(
    title="ការកេងប្រវ័ញ្ចផ្លូវភេទកុមារតាមអនឡាញ៖ ទិន្នន័យករណី",
    request="ទិន្នន័យស្នើសុំពីការិយាល័យកណ្តាលជាតិ ឆ្នាំ២០១៧ ដល់ ២០១៩",
    country="ប្រទេស",
    bureau="ការិយាល័យកណ្តាលជាតិ",
    stage="ដំណាក់កាល",
    unit="ឯកតារាប់",
    conduct="អំពើដែលរាប់បញ្ចូល",
    years=("ឆ្នាំ២០១៧", "ឆ្នាំ២០១៨", "ឆ្នាំ២០១៩"),
    remarks="កំណត់សម្គាល់",
    stages=(
        "ករណីដែលបានកត់ត្រា",
        "ការស៊ើបអង្កេតដែលបានបើក",
        "ការចោទប្រកាន់",
        "ការបញ្ជូនទៅតុលាការ",
        "ការផ្តន្ទាទោស",
    ),
    not_stated="មិនបានបញ្ជាក់",
    not_known="មិនដឹង",
)

INDONESIAN = Language(
    title="Eksploitasi dan kekerasan seksual anak di dunia maya: data kasus",
    request="Data yang diminta dari Biro Pusat Nasional untuk tahun 2017 sampai 2019",
    country="Negara",
    bureau="Biro Pusat Nasional",
    stage="Tahap",
    unit="Satuan hitung",
    conduct="Perbuatan yang dicakup",
    years=("Tahun 2017", "Tahun 2018", "Tahun 2019"),
    remarks="Keterangan",
    stages=(
        "Kasus tercatat",
        "Penyidikan dimulai",
        "Dakwaan",
        "Penuntutan",
        "Putusan bersalah",
    ),
    not_stated="tidak disebutkan",
    not_known="tidak diketahui",
)

MALAY = Language(
    title="Eksploitasi dan penderaan seksual kanak-kanak dalam talian: data kes /"
    " Online child sexual exploitation and abuse: case data",
    request="Data yang diminta bagi 2017 hingga 2019 / Data requested for 2017 to 2019",
    country="Negara / Country",
    bureau="Biro Pusat Nasional / National Central Bureau",
    stage="Peringkat / Stage",
    unit="Unit kiraan / Counted as",
    conduct="Perlakuan yang diliputi / Conduct covered",
    years=("2017", "2018", "2019"),
    remarks="Catatan / Remarks",
    stages=(
        "Kes direkodkan / Cases recorded",
        "Siasatan dibuka / Investigations opened",
        "Pertuduhan dibuat / Charges brought",
        "Pendakwaan / Prosecutions",
        "Sabitan / Convictions",
    ),
    not_stated="tidak dinyatakan / not stated",
    not_known="tidak diketahui / not known",
)

COUNTRIES = {
    "eth": (AMHARIC, "ኢትዮጵያ / Ethiopia", "Addis Ababa"),
    "ken": (ENGLISH, "Kenya", "Nairobi"),
    "moz": (PORTUGUESE, "Moçambique", "Maputo"),
    "nam": (ENGLISH, "Namibia", "Windhoek"),
    "zaf": (ENGLISH, "South Africa", "Pretoria"),
    "tza": (ENGLISH, "United Republic of Tanzania", "Dar es Salaam"),
    "uga": (ENGLISH, "Uganda", "Kampala"),
    "khm": (KHMER, "កម្ពុជា", "ភ្នំពេញ"),
    "idn": (INDONESIAN, "Indonesia", "Jakarta"),
    "mys": (MALAY, "Malaysia", "Kuala Lumpur"),
    "phl": (ENGLISH, "Philippines", "Manila"),
    "tha": (THAI, "ประเทศไทย", "กรุงเทพมหานคร"),
    "vnm": (VIETNAMESE, "Việt Nam", "Hà Nội"),
}

ETHIOPIA_RECORDED: Row = ("ጉዳዮች / cases", "በኢንተርኔት / online", 0, 0, 0, None)
"""Published: zero cases involving technology between 2017 and 2019."""

INVENTED_NOTE = "Invented for the sample data; Modelia does not exist"
MODELIA: tuple[Row, ...] = (
    ("cases", "online", 41, 58, 73, None),
    ("cases", "online", 36, 49, 61, "An investigation may hold several cases"),
    ("persons", "online", 19, 22, 31, None),
    ("persons", "all child sexual abuse", 64, 71, 80, "Courts do not mark online cases"),
    ("persons", "all child sexual abuse", 38, 44, "not provided", "Not yet complete"),
)  # fmt: skip


def answers_of(iso3: str, language: Language) -> tuple[Row, ...]:
    """Return what a country's row says of each stage: unit, conduct, years, remark."""
    silent: Row = (
        language.not_stated,
        language.not_stated,
        *(language.not_known,) * 3,
        None,
    )
    if iso3 == "eth":
        return (ETHIOPIA_RECORDED, *(silent,) * (N_STAGES - 1))
    return (silent,) * N_STAGES


def form(
    language: Language, country: str, bureau: str, answers: tuple[Row, ...]
) -> list[Row]:
    """Return the rows of a filled form, from its title to its last stage."""
    return [
        (language.title,),
        (language.request,),
        (),
        (language.country, country),
        (language.bureau, bureau),
        (),
        (
            language.stage,
            language.unit,
            language.conduct,
            *language.years,
            language.remarks,
        ),
        *((stage, *said) for stage, said in zip(language.stages, answers, strict=True)),
    ]
