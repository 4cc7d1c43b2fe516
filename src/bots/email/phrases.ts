/** What mail programs write by themselves, in the languages that our contacts' programs speak. */

/** Line above a quoted mail, in front of the colon: `… tarihinde Ayşe şunu yazdı:`. */
export const wrote =
  /(\bwrote|\byazdı|\byazmış|\byazıb|\byazdi|написал(\(а\)|а|и)?|пишет|\bschrieb( .{1,120})?|geschrieben|a écrit|\bnapisał(a)?)\s*(\([^)]{1,60}\))?\s*:?\s*$/iu;

/** Rule between a reply and what it answers: `-----Original Message-----`. */
export const originalMessage = line(
  'original message|original appointment|orijinal (ileti|mesaj|e-?posta)|orjinal (ileti|mesaj)|özgün (ileti|mesaj)|asıl (ileti|mesaj)|orijinal mesaj|' +
    'i̇lkin mesaj|ilkin mesaj|исходное сообщение|исходное письмо|оригинальное сообщение|ursprüngliche nachricht|originalnachricht|reply message|original e-?mail',
);

/** Rule above a forwarded mail. */
export const forwardedMessage = line(
  'forwarded message|begin forwarded message|yönlendirilen (ileti|mesaj)|iletilen (ileti|mesaj|e-?posta)|iletilmiş mesaj|ötürülmüş (mesaj|məktub)|yönləndirilmiş (mesaj|məktub)|yönlendirilmiş (ileti|mesaj)|' +
    'пересылаемое (сообщение|письмо)|пересланное (сообщение|письмо)|начало переадресованного (сообщения|письма)|конец пересылаемого сообщения|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|i̇letilen mesaj|iletinin başlangıcı',
);

/** A line that names who wrote a quoted mail, and those that must stand near it. */
export const headerFrom = label('from|kimden|gönderen|kimdən|göndərən|от|от кого|von');
export const headerOther = label(
  'sent|date|to|cc|subject|reply-to|gönderildi|gönderme tarihi|gönderim tarihi|gönderilme tarihi|tarih|kime|alıcı|bilgi|konu|göndərilib|göndərildi|tarix|kimə|mövzu|отправлено|дата|кому|копия|тема|gesendet|datum|an|betreff',
);

/** Lines that telephones and programs add under every mail. */
export const sentFrom = new RegExp(
  [
    '^(sent|envoyé|get) (from|with|via|using|outlook for) .{1,60}$',
    '^get outlook for (ios|android|windows|mac).*$',
    "^.{0,40}(['’]?(um|ım|im)?(dan|den|dən|tan|ten)|üzerinden|vasitəsilə|ile|ilə|uygulamasından|aracılığıyla) (gönderildi|gönderilmiştir|göndərildi|göndərilib|göndərilmişdir)\\.?$",
    '^(ios|android|windows|mac) (için|üçün) outlook.{0,40}$',
    "^(android|ios) için outlook['’]?u (edinin|alın).*$",
    '^отправлено (с|из|от|при помощи|через) .{1,60}$',
    '^(von meinem|von mein) .{1,30} gesendet\\.?$',
    '^gesendet (von|mit|über|via) .{1,60}$',
    '^(скачать|загрузить) outlook (для|for) .{1,20}$',
    '^outlook (für|for) (ios|android|windows).{0,20}(herunterladen|beziehen)?$',
    '^(virus-free|virüs bulunmuyor|без вирусов|virenfrei)\\.?.{0,40}$',
  ].join('|'),
  'iu',
);

/** Closing words; the name and the rest of the signature follow. */
export const closing =
  /^(best|kind|warm|with best|with kind)?\s*(regards|wishes)|^(yours|sincerely|respectfully|cheers|thanks and regards)\b|^(en içten |en derin )?(saygılarımla|saygılarımızla|saygılar|selamlar|sevgiler|iyi çalışmalar|iyi günler dilerim|kolay gelsin)\b|^(hörmətlə|hörmətlərlə|uğurlar|ən xoş arzularla)\b|^(с уважением|с наилучшими|всего доброго|всего хорошего)|^(mit freundlichen|freundliche|viele|beste|liebe|herzliche|schöne) (grüße|grüßen|gruß|grüsse|grüssen)|^mfg\b|^mit freundlichen/iu;

/** How a legal footer begins. */
export const disclaimer =
  /^\W*(bu (e-?posta|elektronik posta|mesaj|ileti)\b.{0,60}(gizli|ekleri|ve ekl|içer)|this (e-?mail|message|communication)\b.{0,80}(confidential|intended|attachments|privileged)|the information (contained )?in this (e-?mail|message)|confidentiality notice|yasal uyarı|gizlilik bildirimi|disclaimer\b|bu (e-?məktub|məktub|elektron poçt)\b.{0,60}(məxfi|əlavə)|(это|данное) (сообщение|письмо|электронное)\b.{0,80}(конфиденц|вложен)|настоящее (сообщение|письмо)|diese (e-?mail|nachricht)\b.{0,60}(vertraulich|anhänge))/iu;

function line(words: string): RegExp {
  return new RegExp(`^[\\s>*_-]*(${words})[\\s*_:-]*$`, 'iu');
}

function label(words: string): RegExp {
  return new RegExp(`^[\\s>]*\\*?(${words})\\s?\\*?:\\*?\\s?\\S*`, 'iu');
}
