// What the words of a report say about an emergency. All texts are invented.

import assert from "node:assert/strict";
import { test } from "node:test";
import { calls, raises, service } from "../form/emergency.js";

/** Texts of emergencies, and the numbers to call where 112 answers; no labels, so that the words alone decide. */
const NUMBERS = {
  "mobil kebakar di parkiran": ["112", "113"],
  "rumah tetangga terbakar, api sudah ke atap": ["112", "113"],
  "gudang berkobar, asap tebal di mana-mana": ["112", "113"],
  "gas bocor di warung, baunya menyengat": ["112", "113"],
  "tabung meledak, ada yang pingsan": ["112", "113", "119"],
  "my kitchen is on fire": ["112", "113"],
  "ibu hamil terjebak di lift": ["112", "113"],
  "pohon tumbang menimpa mobil, sopirnya terjepit": ["112", "113"],
  "ular besar masuk kamar anak": ["112", "113"],
  "sarang tawon menyerang anak sekolah": ["112", "113"],
  "tabrakan truk di jalan poros, pengendara kejepit dan berdarah banyak": ["112", "113", "119"],
  "kakek tertimpa tembok, kakinya patah tulang": ["112", "113", "119"],
  "anak tertimbun longsor di belakang rumah": ["112", "113", "115"],
  "40 anak muntah habis makan siang di sekolah": ["112", "119"],
  "bapak nggak sadar dan kejang": ["112", "119"],
  "ibu mau melahirkan di angkot": ["112", "119"],
  "anak sesak nafas sejak tadi": ["112", "119"],
  "there was a crash, two people injured": ["112", "119"],
  "anak tenggelam di sungai belakang pasar": ["112", "119", "115"],
  "perahu nelayan terbalik, tiga orang hanyut": ["112", "115"],
  "banjir sudah sedada, warga di atap": ["112", "115"],
  "somebody is drowning in the river": ["112", "119", "115"],
  "dibacok begal, darahnya banyak": ["112", "110", "119"],
  "robbery in progress at the shop": ["112", "110"],
  "aku mau mengakhiri hidup": ["112", "119 ext. 8"],
  "aku di pinggir, mau lompat dari jembatan": ["112", "119 ext. 8", "110"],
  "i want to kill myself tonight": ["112", "119 ext. 8"],
  "kereta api mogok di perlintasan": ["112", "110"],
  "perahu karet dan sapi": ["112", "115"],
  "daerah regular": ["112", "110"],
};

for (const [text, expected] of Object.entries(NUMBERS)) {
  test(`calls ${expected.join(", ")}: ${text}`, () => {
    assert.deepEqual(calls(service({ text }), ["112", "110", "113", "119"]).map(({ number }) => number), expected);
  });
}

const RAISE = [
  "aku ingin bunuh diri", "saya mau mati saja", "Aku pengen mati.", "saya sudah ingin mengakhiri hidup saya", "lebih baik aku gak ada", "lebih baik saya tidak ada", "aku mending mati",
  "aku mau lompat dari jembatan", "Ada orang mau lompat dari gedung sekarang", "adik saya mau bunuh diri, tolong", "tetangga mau gantung diri di kamar", "capek hidup, aku sudah siapin obatnya",
  "rasanya aku pengen mati saja", "saya ingin bunuh diri, terima kasih semuanya", "dulu kuat, sekarang tidak. aku mau mati", "saya sudah tidak kuat hidup lagi",
  "My house is on fire", "There is a fire in the market", "Two children are trapped inside", "a man is drowning", "he is bleeding badly", "I want to kill myself", "gas leak in the kitchen", "robbery in progress",
  "tetangga mau gantung diri di kamar mandi", "tolong, adik saya mau bunuh diri, terima kasih", "dia dulu pernah coba, sekarang mau bunuh diri lagi", "a 70 years old man is trapped in the lift",
  "car accident with three injured", "Thank you. The shop is on fire now!", "My house is on fire, send the fire brigade please, thanks", "someone is about to commit suicide",
];

for (const text of RAISE) test(`raises the alarm by itself: ${text}`, () => assert.equal(raises(text), true));

const CALM = [
  "sosialisasi pencegahan bunuh diri di balai desa", "terima kasih pemadam kebakaran", "terima kasih sudah menyelamatkan orang yang mau lompat dari jembatan", "berita: pria mau gantung diri kemarin",
  "poster cegah bunuh diri: jika Anda ingin bunuh diri, hubungi 119", "seminar untuk mereka yang ingin bunuh diri", "mati gaya di rumah, tidak ada taman", "aku serasa mau mati ketawa", "saya mau mati kepanasan di halte",
  "lampu jalan mau mati terus", "HP saya mau mati", "motor saya mau mati terus di tanjakan", "saya mau mati-matian membela warga", "listrik rumah saya mau mati lagi", "film tentang orang ingin bunuh diri diputar di sekolah",
  "saya mau beli obat di puskesmas, sudah siapkan obatnya kata petugas", "saya tidak ingin mati di jalan rusak ini", "dulu saya pernah ingin bunuh diri, kini relawan", "anak-anak mau lompat dari jembatan sambil main",
  "kasus bunuh diri tahun lalu naik", "lebih baik jalan ini tidak ada", "saya mau lampu jalan diganti",
  "there was a fire last year", "fire brigade thanks", "thank you fire department", "we are trapped in traffic every day", "these prices are daylight robbery", "drowning in paperwork", "there is a fire drill tomorrow", "suicide prevention poster",
  "there is a fire extinguisher missing at the market", "there is a fire station near us", "tim futsal kami lagi on fire", "the accident last week had two injured", "the street is full of holes",
];

for (const text of CALM) test(`no alarm by itself: ${text}`, () => assert.equal(raises(text), false));
