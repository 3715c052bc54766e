/**
 * Road and rail crossings that anybody who works along these borders can name. General geographic knowledge,
 * written by hand; positions are approximate, within ±5 km. Being listed does not mean being open, staffed or
 * legal for foreigners.
 */
import type { Position } from '../geo/position.ts';

export interface KnownCrossing {
  /** The towns or posts on both sides, usual order. Each is an alias. */
  readonly towns: readonly string[];
  readonly countries: readonly [string, string];
  readonly position: Position;
}

// pair | town / town | longitude latitude
const LIST = `
IND NPL | Kakarbhitta / Panitanki / Kakarvitta / Mechinagar | 88.16 26.64
IND NPL | Biratnagar / Jogbani / Rani | 87.27 26.40
IND NPL | Bhantabari / Bhimnagar | 86.93 26.49
IND NPL | Thadi / Laukaha | 86.42 26.53
IND NPL | Siraha / Madar / Jaynagar / Jayanagar | 86.15 26.60
IND NPL | Jaleshwar / Bhitthamore / Bhittamod | 85.80 26.62
IND NPL | Gaur / Bairgania | 85.27 26.76
IND NPL | Birgunj / Raxaul / Sirsiya | 84.86 26.99
IND NPL | Belahiya / Sunauli / Sonauli / Bhairahawa | 83.47 27.46
IND NPL | Taulihawa / Khunuwa / Kakrahwa | 83.06 27.45
IND NPL | Krishnanagar / Barhni | 82.79 27.51
IND NPL | Koilabas / Jarwa | 82.52 27.68
IND NPL | Nepalgunj / Jamunaha / Rupaidiha / Rupaidiya | 81.60 28.02
IND NPL | Gulariya / Murtiha | 81.33 28.17
IND NPL | Dhangadhi / Gauriphanta / Gaurifanta / Trinagar | 80.56 28.66
IND NPL | Gaddachauki / Gadda Chauki / Mahendranagar / Bhimdatta / Banbasa | 80.10 28.99
IND NPL | Darchula / Dharchula | 80.54 29.85
CHN NPL | Tatopani / Kodari / Zhangmu / Khasa | 85.97 27.97
CHN NPL | Rasuwagadhi / Gyirong / Kerung | 85.38 28.28
BTN IND | Phuentsholing / Jaigaon | 89.38 26.85
BTN IND | Samdrup Jongkhar / Darranga | 91.50 26.79
BGD IND | Benapole / Petrapole | 88.89 23.04
BGD IND | Bhomra / Ghojadanga | 88.93 22.67
BGD IND | Darshana / Gede | 88.78 23.50
BGD IND | Sonamasjid / Mahadipur / Mohadipur | 88.13 24.82
BGD IND | Hili | 89.01 25.28
BGD IND | Burimari / Changrabandha | 88.93 26.40
BGD IND | Banglabandha / Phulbari / Fulbari | 88.41 26.63
BGD IND | Tamabil / Dawki | 92.02 25.18
BGD IND | Akhaura / Agartala | 91.24 23.84
IND PAK | Wagah / Attari | 74.57 31.60
IND MMR | Moreh / Tamu | 94.30 24.24
IND MMR | Zokhawthar / Rihkhawdar | 93.39 23.37
AFG PAK | Torkham | 71.09 34.12
AFG PAK | Chaman / Spin Boldak | 66.45 30.97
AFG IRN | Islam Qala / Dowqarun / Taybad | 60.98 34.67
IRN PAK | Taftan / Mirjaveh | 61.54 28.98
IRN TUR | Gurbulak / Bazargan | 44.39 39.41
AFG TJK | Sher Khan Bandar / Panji Poyon | 68.60 37.19
AFG UZB | Hairatan / Termez | 67.41 37.23
CHN MMR | Ruili / Muse | 97.87 24.00
CHN LAO | Boten / Mohan | 101.68 21.19
CHN VNM | Dongxing / Mong Cai | 107.97 21.54
CHN VNM | Hekou / Lao Cai | 103.97 22.51
CHN VNM | Youyi Guan / Huu Nghi / Dong Dang / Friendship Pass | 106.71 21.97
MMR THA | Myawaddy / Mae Sot | 98.52 16.69
MMR THA | Tachileik / Mae Sai / Tachilek | 99.88 20.44
MMR THA | Payathonzu / Three Pagodas Pass / Sangkhlaburi | 98.37 15.30
MMR THA | Kawthaung / Ranong / Kawthoung | 98.57 9.98
KHM THA | Poipet / Aranyaprathet / Ban Khlong Luek | 102.55 13.66
KHM THA | Cham Yeam / Hat Lek / Koh Kong | 102.91 11.64
KHM THA | O Smach / Chong Chom | 103.70 14.43
KHM THA | Pailin / Ban Pakard / Ban Phakkat | 102.51 12.93
KHM VNM | Bavet / Moc Bai | 106.18 11.08
KHM LAO | Trapeang Kriel / Nong Nok Khiene | 105.93 13.93
LAO THA | Thanaleng / Nong Khai | 102.72 17.88
LAO THA | Savannakhet / Mukdahan | 104.73 16.60
LAO THA | Houayxay / Huay Xai / Chiang Khong | 100.44 20.24
LAO THA | Vang Tao / Chong Mek | 105.48 15.13
LAO VNM | Dansavan / Lao Bao | 106.60 16.62
MYS THA | Padang Besar | 100.32 6.66
MYS THA | Bukit Kayu Hitam / Sadao / Danok | 100.42 6.51
MYS THA | Rantau Panjang / Sungai Kolok / Su-ngai Kolok | 101.97 6.02
MYS SGP | Johor Bahru / Woodlands | 103.77 1.45
ZAF ZWE | Beitbridge / Musina | 29.99 -22.22
MOZ ZAF | Lebombo / Ressano Garcia / Komatipoort | 31.99 -25.44
LSO ZAF | Maseru Bridge / Maseru / Ladybrand | 27.46 -29.30
SWZ ZAF | Oshoek / Ngwenya | 30.99 -26.21
MOZ ZWE | Forbes / Machipanda / Mutare | 32.71 -18.99
MOZ ZWE | Nyamapanda / Cuchamano | 32.85 -16.97
BWA ZAF | Tlokweng / Kopfontein | 26.11 -24.68
BWA ZWE | Plumtree / Ramokgwebana | 27.70 -20.54
ZMB ZWE | Chirundu | 28.85 -16.04
ZMB ZWE | Victoria Falls / Livingstone | 25.86 -17.93
COD ZMB | Kasumbalesa | 27.80 -12.26
TZA ZMB | Nakonde / Tunduma | 32.77 -9.31
MWI MOZ | Mwanza / Zobue / Zóbuè | 34.45 -15.60
MWI ZMB | Mchinji / Mwami | 32.73 -13.72
MWI TZA | Songwe / Kasumulu | 33.83 -9.65
KEN UGA | Busia | 34.09 0.46
KEN UGA | Malaba | 34.27 0.64
KEN TZA | Namanga | 36.79 -2.55
KEN TZA | Isebania / Sirari | 34.48 -1.25
KEN TZA | Taveta / Holili | 37.63 -3.40
KEN TZA | Lunga Lunga / Horohoro | 39.12 -4.60
ETH KEN | Moyale | 39.06 3.52
KEN SOM | Liboi / Dhobley | 40.95 0.38
RWA UGA | Gatuna / Katuna | 30.01 -1.42
SSD UGA | Nimule / Elegu | 32.05 3.58
COD RWA | Goma / Gisenyi / Rubavu | 29.25 -1.68
COD UGA | Bunagana | 29.59 -1.29
BDI TZA | Kobero / Kabanga | 30.48 -2.63
DJI ETH | Galafi | 41.87 11.73
DJI ETH | Dewele / Dewenle / Ali Sabieh | 42.63 11.05
ETH SDN | Metema / Gallabat / Al Qallabat | 36.15 12.96
ETH SOM | Togochale / Wajaale / Tog Wajaale | 43.33 9.61
EGY SDN | Argeen / Qustul / Ashkeet | 31.40 22.00
LBY NER | Tummo / Toummo | 14.15 22.66
DZA NER | Assamaka / In Guezzam | 5.77 19.40
LBY TUN | Ras Ajdir / Ben Gardane | 11.56 33.15
EGY LBY | Salloum / Musaid | 25.05 31.57
EGY PSE | Rafah | 34.24 31.25
ESP MAR | Ceuta / Tarajal / Fnideq | -5.34 35.87
ESP MAR | Melilla / Beni Ensar / Nador | -2.95 35.27
MRT SEN | Rosso | -15.80 16.51
BFA NER | Kantchari / Torodi | 1.58 12.63
BEN NER | Malanville / Gaya | 3.40 11.88
NER NGA | Maradi / Jibiya / Dan Issa | 7.20 13.15
NER NGA | Birnin Konni / Illela | 5.28 13.75
BEN NGA | Seme / Krake | 2.72 6.37
GHA TGO | Aflao / Kodjoviakope / Lome | 1.20 6.11
BEN TGO | Hillacondji / Hilla Condji / Sanvee Condji | 1.66 6.24
CIV GHA | Elubo / Noe | -2.80 5.28
BFA GHA | Paga / Dakola | -1.12 10.98
BFA CIV | Ouangolodougou / Niangoloko / Laleraba | -4.97 10.06
CMR NGA | Ekok / Mfum | 8.85 5.80
POL UKR | Medyka / Shehyni | 22.93 49.80
POL UKR | Dorohusk / Yahodyn | 23.81 51.18
POL UKR | Rava-Ruska / Hrebenne | 23.59 50.28
ROU UKR | Siret / Porubne | 26.06 47.98
SVK UKR | Vysne Nemecke / Uzhhorod | 22.26 48.66
HUN UKR | Zahony / Chop | 22.18 48.42
MDA UKR | Palanca / Mayaky | 30.10 46.40
MDA ROU | Leuseni / Albita | 28.18 46.80
MDA ROU | Ungheni / Iasi | 27.78 47.21
BLR POL | Brest / Terespol | 23.65 52.08
HUN SRB | Roszke / Horgos | 19.98 46.18
BGR TUR | Kapitan Andreevo / Kapikule | 26.33 41.72
GRC TUR | Kipoi / Ipsala | 26.36 40.92
GRC MKD | Gevgelija / Idomeni / Evzoni | 22.52 41.13
MKD SRB | Tabanovce / Presevo | 21.70 42.24
BIH HRV | Maljevac / Velika Kladusa | 15.78 45.20
GEO TUR | Sarpi / Sarp | 41.55 41.52
FRA ITA | Ventimiglia / Menton | 7.53 43.79
SYR TUR | Bab al-Hawa / Cilvegozu / Reyhanli | 36.67 36.24
LBN SYR | Masnaa / Jdeidet Yabous | 35.96 33.69
IRQ TUR | Ibrahim Khalil / Habur | 42.57 37.14
JOR SAU | Al-Omari / Al Haditha | 36.95 31.50
OMN ARE | Al Buraimi / Al Ain / Khatm Al Shiklah | 55.83 24.24
KAZ UZB | Chernyaevka / Gisht Kuprik / Zhibek Zholy | 69.27 41.49
MEX USA | San Ysidro / Tijuana | -117.03 32.54
MEX USA | Calexico / Mexicali | -115.50 32.67
MEX USA | Nogales | -110.94 31.33
MEX USA | El Paso / Ciudad Juárez | -106.48 31.75
MEX USA | Eagle Pass / Piedras Negras | -100.51 28.71
MEX USA | Laredo / Nuevo Laredo | -99.51 27.50
MEX USA | Hidalgo / Reynosa / McAllen | -98.27 26.09
MEX USA | Brownsville / Matamoros | -97.50 25.89
GTM MEX | Tecún Umán / Ciudad Hidalgo | -92.15 14.68
GTM MEX | La Mesilla / Ciudad Cuauhtémoc | -91.98 15.63
GTM HND | Corinto | -88.37 15.59
GTM HND | Agua Caliente | -89.35 14.42
CRI NIC | Peñas Blancas | -85.61 11.21
CRI PAN | Paso Canoas | -82.84 8.53
DOM HTI | Dajabón / Ouanaminthe | -71.71 19.55
DOM HTI | Jimaní / Malpasse | -71.87 18.49
COL VEN | Cúcuta / San Antonio del Táchira | -72.45 7.82
COL VEN | Maicao / Paraguachón | -72.13 11.36
COL ECU | Ipiales / Tulcán / Rumichaca | -77.67 0.81
ECU PER | Huaquillas / Aguas Verdes | -80.23 -3.48
BRA VEN | Pacaraima / Santa Elena de Uairén | -61.14 4.48
BOL PER | Desaguadero | -69.04 -16.56
BOL CHL | Colchane / Pisiga | -68.64 -19.27
BOL BRA | Puerto Quijarro / Corumbá | -57.71 -19.03
BRA PRY | Foz do Iguaçu / Ciudad del Este | -54.60 -25.51
`;

/**
 * 165, all within 7 km of the drawn border of their pair, but for two over water: Kawthaung and the causeway
 * of Johor.
 */
export const KNOWN_CROSSINGS: readonly KnownCrossing[] = LIST.trim()
  .split('\n')
  .map((line) => {
    const [pair = '', towns = '', at = ''] = line.split(' | ');
    const [longitude, latitude] = at.split(' ').map(Number);
    const [a = '', b = ''] = pair.split(' ').sort();
    return { towns: towns.split(' / '), countries: [a, b], position: [longitude ?? 0, latitude ?? 0] };
  });
