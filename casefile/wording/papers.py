"""Words for what a team writes about a case; read on the desk alone. Questions are put to whoever experienced it."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import PaperKind, PlanMaking, RiskItem, SafetyPrompt, SafetyStep, ServiceKind
from casefile.wording.marking import N_

PAPER_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    PaperKind: {
        PaperKind.NOTE: N_("Catatan tim"),
        PaperKind.SAFETY_PLAN: N_("Rencana aman"),
        PaperKind.RISK_ASSESSMENT: N_("Penilaian risiko"),
        PaperKind.SERVICE: N_("Layanan diberikan"),
    },
    SafetyPrompt: {
        SafetyPrompt.CONTACT: N_("Lewat apa dan kapan kami aman menghubungi?"),
        SafetyPrompt.PLACE: N_("Ke mana pergi bila harus segera keluar?"),
        SafetyPrompt.PEOPLE: N_("Siapa yang bisa membantu?"),
        SafetyPrompt.DEVICES: N_("Apa yang dilakukan dengan HP dan komputer?"),
        SafetyPrompt.ACCOUNTS: N_("Apa yang dilakukan dengan akun?"),
        SafetyPrompt.EVIDENCE: N_("Bukti apa yang disimpan, dan di mana?"),
        SafetyPrompt.SPREADING: N_("Apa yang dilakukan bila gambar atau cerita tersebar?"),
        SafetyPrompt.DANGER: N_("Tanda apa yang berarti: telepon sekarang?"),
    },
    SafetyStep: {
        SafetyStep.OTHER_PHONE: N_("Pakai HP lain untuk hal ini"),
        SafetyStep.SCREEN_LOCK: N_("Ganti kunci layar"),
        SafetyStep.LOCATION_OFF: N_("Matikan berbagi lokasi"),
        SafetyStep.LINKED_DEVICES: N_("Periksa perangkat yang tertaut, misalnya WhatsApp Web"),
        SafetyStep.UNKNOWN_APPS: N_("Periksa aplikasi yang tidak dikenal"),
        SafetyStep.NEW_PASSWORDS: N_("Ganti kata sandi dari HP yang aman"),
        SafetyStep.TWO_STEPS: N_("Pasang verifikasi dua langkah"),
        SafetyStep.RECOVERY: N_("Periksa surel dan nomor pemulihan"),
        SafetyStep.SIGN_OUT_ALL: N_("Keluar dari semua perangkat lain"),
        SafetyStep.PRIVATE_PROFILE: N_("Batasi siapa yang melihat profil"),
        SafetyStep.KEEP_CHATS: N_("Jangan hapus percakapan atau akun"),
        SafetyStep.NOTE_ADDRESSES: N_("Catat tautan, nama akun, dan jam"),
        SafetyStep.KEEP_ORIGINAL: N_("Simpan file asli, hanya bila aman"),
        SafetyStep.REPORT_PLATFORM: N_("Laporkan di aplikasi tempat gambar muncul"),
        SafetyStep.STOPNCII: N_("Pakai StopNCII (18 tahun ke atas)"),
        SafetyStep.TAKE_IT_DOWN: N_("Pakai Take It Down (gambar dari usia di bawah 18)"),
        SafetyStep.REPORT_CONTENT: N_("Adukan ke Komdigi (aduankonten.id)"),
        SafetyStep.DO_NOT_PAY: N_("Jangan bayar dan jangan kirim gambar lagi"),
    },
    PlanMaking: {
        PlanMaking.IN_MESSAGES: N_("Bersama pelapor, lewat percakapan"),
        PlanMaking.BY_PHONE: N_("Bersama pelapor, lewat telepon"),
        PlanMaking.FACE_TO_FACE: N_("Bersama pelapor, tatap muka"),
        PlanMaking.NOT_YET_SPOKEN: N_("Belum dibicarakan dengan pelapor"),
    },
    RiskItem: {
        RiskItem.SELF_HARM: N_("Ada pikiran melukai diri atau mengakhiri hidup"),
        RiskItem.MINOR: N_("Yang mengalami di bawah 18 tahun"),
        RiskItem.DISABILITY: N_("Yang mengalami penyandang disabilitas"),
        RiskItem.DEADLINE: N_("Ada batas waktu ancaman, kurang dari 24 jam"),
        RiskItem.SPREADING: N_("Gambar atau cerita sudah tersebar"),
        RiskItem.EXTORTION: N_("Pemerasan sedang berjalan: uang, gambar lagi, atau hal lain"),
        RiskItem.MEETING: N_("Diminta bertemu atau berangkat ke suatu tempat"),
        RiskItem.KNOWS_ADDRESS: N_("Orang itu tahu alamat"),
        RiskItem.LIVES_TOGETHER: N_("Orang itu tinggal serumah"),
        RiskItem.POWER: N_("Orang itu punya kuasa: guru, atasan, aparat, atau keluarga"),
        RiskItem.DEVICE: N_("HP atau akun dikuasai atau diawasi orang itu"),
        RiskItem.POLICE: N_("Sudah pernah ke polisi"),
        RiskItem.WEAPON: N_("Pernah memakai senjata atau mengancam dengan senjata"),
        RiskItem.DEATH_THREAT: N_("Pernah mengancam akan membunuh"),
        RiskItem.FEARS_DEATH: N_("Yang mengalami yakin orang itu bisa membunuh"),
        RiskItem.GUN: N_("Orang itu bisa mendapat senjata api"),
        RiskItem.CHOKING: N_("Pernah mencekik"),
        RiskItem.CONTROL: N_("Sangat cemburu atau mengatur hampir semua kegiatan"),
        RiskItem.SEPARATION: N_("Baru berpisah atau sedang ingin berpisah"),
        RiskItem.UNEMPLOYED: N_("Orang itu tidak bekerja"),
        RiskItem.PARTNER_SUICIDE: N_("Orang itu pernah mencoba atau mengancam bunuh diri"),
        RiskItem.STEPCHILD: N_("Ada anak di rumah yang bukan anak orang itu"),
        RiskItem.FOLLOWING: N_("Mengikuti, memata-matai, atau terus mengirim pesan ancaman"),
    },
    ServiceKind: {
        ServiceKind.COMPLAINT: N_("Pengaduan"),
        ServiceKind.HEALTH: N_("Kesehatan"),
        ServiceKind.LEGAL_AID: N_("Bantuan hukum"),
        ServiceKind.LAW_ENFORCEMENT: N_("Penegakan hukum"),
        ServiceKind.SOCIAL_REHABILITATION: N_("Rehabilitasi sosial"),
        ServiceKind.REINTEGRATION: N_("Reintegrasi sosial"),
        ServiceKind.RETURN_HOME: N_("Pemulangan"),
        ServiceKind.RELIGIOUS_SUPPORT: N_("Pendampingan tokoh agama"),
    },
}
