"""Official figures and traits of covered people in words. A new code without a word fails a test."""

from payung.doors.web.translation import word

KINDS = {
    "workers": word("Jumlah pekerja (penyebut)"),
    "covered": word("Peserta aktif menurut cabang"),
    "covered_pu": word("Peserta aktif PU menurut cabang"),
    "covered_bpu": word("Peserta aktif BPU menurut cabang"),
    "covered_jakon": word("Peserta aktif jasa konstruksi menurut cabang"),
    "published": word("Persentase yang diterbitkan"),
    "health": word("Cakupan jaminan kesehatan"),
    "target_rpjmn": word("Target RPJMN"),
    "target_rpjpd": word("Target RPJPD"),
    "target_ucj": word("Target UCJ"),
    "target_other": word("Target lain"),
}
SCOPES = {
    "all": word("Semua pekerja"),
    "formal": word("Formal"),
    "informal": word("Informal"),
}
TRAITS = {
    "kecamatan": word("Kecamatan"),
    "desa": word("Desa/kelurahan"),
    "segment": word("Kelompok"),
    "sex": word("Jenis kelamin"),
    "age": word("Umur"),
    "occupation": word("Pekerjaan"),
    "decile": word("Desil"),
}
SEXES = {"L": word("laki-laki"), "P": word("perempuan")}
LEVELS = {"kecamatan": word("Kecamatan"), "desa": word("Desa/kelurahan")}
FIGURE_REFUSALS = {
    "elsewhere": word("Kode ini bukan tempat di wilayah pemerintah daerah Anda."),
    "unit": word("Isi jumlah orang atau persen, sesuai jenis angkanya; jangan keduanya."),
}
BOUNDARY_REFUSALS = {
    "too_large": word("Berkas ini terlalu besar. Sederhanakan dulu, paling banyak 10 MB."),
    "not_geojson": word("Berkas ini bukan GeoJSON dengan batas wilayah (Polygon) dalam derajat."),
    "no_region": word("Tidak ada wilayah pemerintah daerah ini di berkas. Payung mencari kolom kode atau nama."),
}
